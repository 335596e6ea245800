package wsp.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.NameCache;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.observe.ObserveSettings;
import wsp.process.Descriptors;
import wsp.process.ExitCodes;
import wsp.process.HeapWatch;
import wsp.process.LastResort;
import wsp.process.Signals;
import wsp.runtime.DaemonCommand;
import wsp.runtime.Logging;

/** Starts the client daemon: arguments, signals, exit codes. */
public final class ClientMain {
  private ClientMain() {}

  /** See {@code --help}. */
  public static void main(String... args) {
    Signals signals = Signals.install(new End(), args);
    Logging.prepare();
    System.exit(
        DaemonCommand.execute(
            new DaemonCommand.Names(
                "wsp-client",
                "Reverse HTTP proxy over WebSockets: the daemon beside the APIs.",
                "wsp_client.cfg"),
            file -> run(file, signals),
            () -> ClientInspection.ofProcess(), // a reference would load the class at every start
            args));
  }

  private static int run(Path file, Signals signals)
      throws ConfigException, IOException, InterruptedException {
    NameCache.keepShort(); // before anything is looked up: after that it has no effect
    Logging.await();
    LastResort.install(Runtime.getRuntime()::halt, Logging::flush);
    Reloader<ClientConfig> reloader = ClientConfig.reloader(file);
    ClientConfig config = reloader.current();
    Logging.start();
    Logging.setLevel(config.logLevel());
    Logging.begin(
        config.effective(), config.observe().logFormat() == ObserveSettings.LogFormat.JSON);
    Logger log = LoggerFactory.getLogger(ClientMain.class);
    signals.missing().forEach(log::warn);
    String descriptors = config.descriptorWarning(Descriptors.limit());
    if (descriptors != null) log.warn(descriptors);
    CountDownLatch stop = new CountDownLatch(1);
    try (WspClient client = new WspClient(config)) {
      client.watch(reloader);
      signals.onHangup(reloader::request);
      client.start();
      signals.onTermination(stop::countDown);
      Logging.show(client::state);
      client.awaitTls();
      HeapWatch.keepSmallUntil(stop);
      log.info("Stopping: no new requests");
      if (!client.drain()) log.warn("Some exchanges did not finish in time");
    } finally {
      Logging.flush();
    }
    log.info("Stopped");
    return ExitCodes.STOPPED;
  }

  /**
   * Ends at once: the operator is in a hurry, or nothing has begun that would have to be ended. A
   * class, for the first lambda of a process takes longer than all that comes before the signals
   * are handled.
   */
  private static final class End implements IntConsumer {
    @Override
    public void accept(int exitCode) {
      Logging.flush();
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
