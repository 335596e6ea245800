package wsp.client;

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

/** Starts the client daemon: arguments, signals, exit codes. */
public final class ClientMain {
  private static final int KILLED = 130;

  private ClientMain() {}

  /** See {@code --help}. */
  public static void main(String... args) {
    Logging.prepare();
    System.exit(
        DaemonCommand.execute(
            new DaemonCommand.Names(
                "wsp-client",
                "Reverse HTTP proxy over WebSockets: the daemon beside the APIs.",
                "wsp_client.cfg"),
            ClientMain::run,
            () -> new ClientInspection(), // a reference would load the class at every start
            args));
  }

  private static int run(Path file) throws ConfigException, IOException, InterruptedException {
    Logging.await();
    Reloader<ClientConfig> reloader = ClientConfig.reloader(file);
    ClientConfig config = reloader.current();
    Logging.start();
    LastResort.install(Runtime.getRuntime()::halt);
    Logging.setLevel(config.logLevel());
    Logging.begin(
        config.effective(), config.observe().logFormat() == ObserveSettings.LogFormat.JSON);
    Logger log = LoggerFactory.getLogger(ClientMain.class);
    CountDownLatch stop = new CountDownLatch(1);
    if (config.targets().stream().anyMatch(Target::everyAddress)) NameCache.keepShort();
    try (WspClient client = new WspClient(config)) {
      client.watch(reloader);
      Signals.onHangup(reloader::request);
      client.start();
      Signals.onTermination(stop::countDown, ClientMain::kill);
      Logging.show(client::state);
      client.awaitTls();
      Heap.keepSmallUntil(stop);
      log.info("Stopping: no new requests");
      if (!client.drain()) log.warn("Some exchanges did not finish in time");
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
}
