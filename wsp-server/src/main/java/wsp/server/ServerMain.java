package wsp.server;

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

/** Starts the server daemon: arguments, signals, exit codes. */
public final class ServerMain {
  private ServerMain() {}

  /** See {@code --help}. */
  public static void main(String... args) {
    Signals signals = Signals.install(new End(), args);
    Logging.prepare();
    System.exit(
        DaemonCommand.execute(
            new DaemonCommand.Names(
                "wsp-server",
                "Reverse HTTP proxy over WebSockets: the daemon that callers reach.",
                "wsp_server.cfg"),
            file -> run(file, signals),
            () -> ServerInspection.ofProcess(), // a reference would load the class at every start
            args));
  }

  private static int run(Path file, Signals signals)
      throws ConfigException, IOException, InterruptedException {
    NameCache.keepShort(); // before anything is looked up: after that it has no effect
    Logging.await();
    LastResort.install(Runtime.getRuntime()::halt, Logging::flush);
    Reloader<ServerConfig> reloader =
        new Reloader<>(
            file,
            f -> ServerConfig.of(file.toString(), f),
            ServerConfig::effective,
            ServerConfig.live());
    ServerConfig config = reloader.current();
    Logging.start();
    Logging.setLevel(config.logLevel());
    Logging.begin(
        config.effective(), config.observe().logFormat() == ObserveSettings.LogFormat.JSON);
    Logger log = LoggerFactory.getLogger(ServerMain.class);
    config.warnings().forEach(log::warn);
    String descriptors = config.descriptorWarning(Descriptors.limit());
    if (descriptors != null) log.warn(descriptors);
    signals.missing().forEach(log::warn);
    CountDownLatch stop = new CountDownLatch(1);
    try (WspServer server = new WspServer(config)) {
      server.watch(reloader);
      server.start();
      signals.onHangup(reloader::request);
      signals.onTermination(stop::countDown);
      Logging.show(server::state);
      HeapWatch.keepSmallUntil(stop);
      server.drain();
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
