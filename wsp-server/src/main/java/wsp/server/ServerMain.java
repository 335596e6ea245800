package wsp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.config.JsonPrint;
import wsp.runtime.DaemonCommand;
import wsp.runtime.Heap;
import wsp.runtime.LastResort;
import wsp.runtime.Logging;
import wsp.runtime.Signals;

/** Starts the server daemon: arguments, signals, exit codes. */
public final class ServerMain {
  private static final int KILLED = 130;

  private ServerMain() {}

  /** See {@code --help}. */
  public static void main(String... args) {
    Logging.prepare();
    System.exit(
        DaemonCommand.execute(
            "wsp-server",
            "Reverse HTTP proxy over WebSockets: the daemon that callers reach.",
            "wsp_server.cfg",
            ServerMain::run,
            args));
  }

  private static int run(Path file) throws ConfigException, IOException, InterruptedException {
    ServerConfig config = ServerConfig.read(file);
    Logging.start();
    LastResort.install(Runtime.getRuntime()::halt);
    Logging.setLevel(config.logLevel());
    System.out.println(JsonPrint.indented(config.effective()));
    Logger log = LoggerFactory.getLogger(ServerMain.class);
    if (config.secretKey().isEmpty() && !InetAddress.getByName(config.host()).isLoopbackAddress()) {
      log.warn(
          "ANYBODY WHO REACHES {} MAY REGISTER AS A CLIENT: set secretkey in {}",
          config.host(),
          file);
    }
    CountDownLatch stop = new CountDownLatch(1);
    try (WspServer server = new WspServer(config)) {
      server.start();
      // The heap starts at a 64th of the machine's memory; collected once, it is as small as it can
      // be, and grows only as far as the load makes it.
      System.gc();
      Signals.onTermination(stop::countDown, ServerMain::kill);
      if (!stop.await(Heap.LATER_SECONDS, TimeUnit.SECONDS)) {
        Heap.giveBackWhatIsFree();
        stop.await();
      }
      server.drain();
    }
    log.info("Stopped");
    return 0;
  }

  /** Somebody is in a hurry. */
  private static void kill() {
    Logging.flush();
    Runtime.getRuntime().halt(KILLED);
  }
}
