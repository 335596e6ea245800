package wsp.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.NameCache;
import wsp.cli.DaemonCommand;
import wsp.config.ConfigException;
import wsp.config.ConfigFunction;
import wsp.config.Reloader;
import wsp.explain.Inspection;
import wsp.log.Logging;
import wsp.observe.ObserveSettings;
import wsp.process.Descriptors;
import wsp.process.ExitCodes;
import wsp.process.HeapWatch;
import wsp.process.LastResort;
import wsp.process.Signals;

/**
 * The life of a daemon's process: signals, arguments, configuration, log, start, drain, exit code.
 *
 * @param <C> the daemon's configuration
 */
public final class DaemonMain<C extends DaemonConfig> {
  private static final String NO_MEANING =
      "{} has no meaning here: a log that is moved is begun anew without it, and SIGHUP loads"
          + " the configuration";

  private final Signals signals;
  private final ConfigFunction<Path, Reloader<C>> reading;
  private final ConfigFunction<C, Daemon<C>> making;

  /**
   * A process that has its signals already.
   *
   * @param signals of {@link #signals}
   * @param reading reads a configuration file, all of it, and again whenever it changes
   * @param making makes a daemon that is not started yet
   */
  public DaemonMain(
      Signals signals,
      ConfigFunction<Path, Reloader<C>> reading,
      ConfigFunction<C, Daemon<C>> making) {
    this.signals = signals;
    this.reading = reading;
    this.making = making;
  }

  /** Handles signals from now on: the first thing that a process does. */
  public static Signals signals(String... args) {
    Signals signals = Signals.install(new End(), args);
    Logging.prepare();
    return signals;
  }

  /** Does what the command line says, also beside the daemon; the exit code. */
  public int execute(DaemonCommand.Names names, Supplier<Inspection> inspection, String... args) {
    return DaemonCommand.execute(names, this::run, inspection, args);
  }

  private int run(Path file) throws ConfigException, IOException, InterruptedException {
    NameCache.keepShort(); // before anything is looked up: after that it has no effect
    Logging.await();
    LastResort.install(Runtime.getRuntime()::halt, Logging::flush);
    Reloader<C> reloader = reading.of(file);
    C config = reloader.current();
    Logger log = log(config);
    CountDownLatch stop = new CountDownLatch(1);
    try (Daemon<C> daemon = making.of(config)) {
      daemon.watch(reloader);
      daemon.start();
      signals.onHangup(reloader::request);
      signals.onUser(name -> log.info(NO_MEANING, name));
      signals.onTermination(stop::countDown);
      Logging.show(daemon::state);
      daemon.awaitStarted();
      HeapWatch.keepSmallUntil(stop);
      var unused = daemon.drain();
    } finally {
      Logging.flush();
    }
    log.info("Stopped");
    return ExitCodes.STOPPED;
  }

  /** Begins the log: with the configuration, and what an operator should know of it. */
  private Logger log(C config) {
    Logging.start();
    Logging.setLevel(config.logLevel());
    Logging.begin(
        config.effective(), config.observe().logFormat() == ObserveSettings.LogFormat.JSON);
    Logger log = LoggerFactory.getLogger(DaemonMain.class);
    config.warnings().forEach(log::warn);
    String descriptors = config.descriptorWarning(Descriptors.limit());
    if (descriptors != null) log.warn(descriptors);
    signals.missing().forEach(log::warn);
    return log;
  }

  /**
   * Ends the process at once: at a second signal, or where nothing has begun that would have to be
   * ended. A class, since the first lambda of a process takes longer than all that comes before the
   * signals are handled.
   */
  private static final class End implements IntConsumer {
    @Override
    public void accept(int exitCode) {
      Logging.flush();
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
