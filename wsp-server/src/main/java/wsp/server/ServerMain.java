package wsp.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.observe.ObserveSettings;
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
            new DaemonCommand.Names(
                "wsp-server",
                "Reverse HTTP proxy over WebSockets: the daemon that callers reach.",
                "wsp_server.cfg"),
            ServerMain::run,
            () -> new ServerInspection(), // a reference would load the class at every start
            args));
  }

  private static int run(Path file) throws ConfigException, IOException, InterruptedException {
    Logging.await();
    Reloader<ServerConfig> reloader =
        new Reloader<>(
            file,
            f -> ServerConfig.of(file.toString(), f),
            ServerConfig::effective,
            ServerConfig.live());
    ServerConfig config = reloader.current();
    Logging.start();
    LastResort.install(Runtime.getRuntime()::halt);
    Logging.setLevel(config.logLevel());
    Logging.begin(
        config.effective(), config.observe().logFormat() == ObserveSettings.LogFormat.JSON);
    Logger log = LoggerFactory.getLogger(ServerMain.class);
    config.warnings().forEach(log::warn);
    CountDownLatch stop = new CountDownLatch(1);
    try (WspServer server = new WspServer(config)) {
      server.everySecond(() -> reloader.poll(next -> change(server, next)));
      server.start();
      Signals.onHangup(reloader::request);
      Signals.onTermination(stop::countDown, ServerMain::kill);
      Logging.show(server::state);
      Heap.keepSmallUntil(stop);
      server.drain();
    } finally {
      Logging.flush();
    }
    log.info("Stopped");
    return 0;
  }

  /** Somebody is in a hurry. */
  private static void kill() {
    Logging.flush();
    Runtime.getRuntime().halt(KILLED);
  }

  private static void change(WspServer server, ServerConfig next) throws ConfigException {
    server.reload(next);
    Logging.setLevel(next.logLevel());
  }
}
