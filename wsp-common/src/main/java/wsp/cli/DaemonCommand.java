package wsp.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import wsp.address.PortException;
import wsp.config.ConfigException;
import wsp.explain.Inspection;
import wsp.log.LogText;
import wsp.log.Logging;
import wsp.process.ExitCodes;
import wsp.process.LastResort;

/** The command line that both daemons have. */
public final class DaemonCommand {
  private static final int MAX_LINE = 1_000;

  /** The first argument, if it is one of these, is what is to be done instead of a start. */
  private static final Set<String> SUBCOMMANDS = Set.of("check", "explain", "completion");

  private final Names names;
  private final Starter starter;
  private final Supplier<Inspection> inspection;
  private final PrintStream out;
  private final PrintStream err;

  private DaemonCommand(
      Names names,
      Starter starter,
      Supplier<Inspection> inspection,
      PrintStream out,
      PrintStream err) {
    this.names = names;
    this.starter = starter;
    this.inspection = inspection;
    this.out = out;
    this.err = err;
  }

  @FunctionalInterface
  public interface Starter {
    /** Runs until the daemon has stopped; returns the exit code. */
    int run(Path config) throws ConfigException, IOException, InterruptedException;
  }

  /**
   * The names of a daemon, for its help.
   *
   * @param daemon the command
   * @param description what it does, in one sentence
   * @param defaultConfigFile in the working directory
   */
  public record Names(String daemon, String description, String defaultConfigFile) {}

  /**
   * Reads the arguments and starts the daemon, or does what else they ask for: help, version, and
   * {@code check}, {@code explain} and {@code completion} as the first of them. Errors are one line
   * on standard error.
   *
   * @param inspection for what is not a start; not asked for otherwise
   * @return the exit code: the starter's, or one of {@link ExitCodes}
   */
  public static int execute(
      Names names, Starter starter, Supplier<Inspection> inspection, String... args) {
    return execute(System.out, System.err, names, starter, inspection, args);
  }

  static int execute(
      PrintStream out,
      PrintStream err,
      Names names,
      Starter starter,
      Supplier<Inspection> inspection,
      String... args) {
    return new DaemonCommand(names, starter, inspection, out, err).execute(args);
  }

  /** Built by hand: reading annotations would cost time at every start. */
  static CommandSpec spec(Names names) {
    CommandSpec spec = CommandSpec.create().name(names.daemon);
    spec.usageMessage().description(names.description).sortOptions(false);
    spec.addOption(Specs.config(names.defaultConfigFile));
    spec.addOption(Specs.help());
    spec.addOption(
        Specs.flag("Print version, commit, build date and JVM.", "-version", "--version")
            .versionHelp(true)
            .build());
    return spec;
  }

  private int execute(String... args) {
    String[] asked = asPeopleTypeIt(args);
    return asked.length > 0 && SUBCOMMANDS.contains(asked[0])
        ? guarded(() -> runBeside(asked))
        : start(asked);
  }

  /** {@code version}, {@code help} and {@code help COMMAND} mean what the options mean. */
  private static String[] asPeopleTypeIt(String... args) {
    boolean one = args.length == 1;
    if (one && args[0].equals(Subcommands.VERSION)) return new String[] {"--version"};
    if (one && args[0].equals(Subcommands.HELP)) return new String[] {"--help"};
    boolean ofCommand =
        args.length == 2 && args[0].equals(Subcommands.HELP) && SUBCOMMANDS.contains(args[1]);
    return ofCommand ? new String[] {args[1], "--help"} : args;
  }

  private int start(String... args) {
    CommandSpec spec = spec(names);
    CommandLine line = new CommandLine(spec).setExpandAtFiles(false);
    ParseResult given;
    try {
      given = line.parseArgs(args);
    } catch (ParameterException e) {
      return misused(e);
    }
    if (given.isUsageHelpRequested()) {
      beside().help();
      return 0;
    }
    if (given.isVersionHelpRequested()) {
      out.println(names.daemon + " " + BuildInfo.of(starter.getClass()));
      return 0;
    }
    Path config = spec.findOption("-config").getValue();
    return guarded(() -> starter.run(config));
  }

  private int runBeside(String... args) throws ConfigException, InterruptedException {
    // Reading certificates needs a logger.
    Logging.await();
    return beside().run(args);
  }

  private Subcommands beside() {
    return new Subcommands(names, inspection.get(), out, this::error);
  }

  private interface Action {
    int run() throws ConfigException, IOException, InterruptedException;
  }

  private int guarded(Action action) {
    try {
      return action.run();
    } catch (ParameterException e) {
      return misused(e);
    } catch (ConfigException e) {
      return failed(e, e.passing());
    } catch (PortException e) {
      return failed(e, e.passing());
    } catch (IOException e) {
      return failed(e, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      error("interrupted");
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      error("internal error: " + e);
    }
    return ExitCodes.PASSING;
  }

  private int failed(Exception e, boolean passing) {
    error(message(e));
    return passing ? ExitCodes.PASSING : ExitCodes.UNUSABLE;
  }

  private int misused(ParameterException e) {
    error(message(e) + " (try --help)");
    return ExitCodes.MISUSED;
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private void error(String message) {
    err.println(names.daemon + ": " + LogText.clean(message, MAX_LINE));
  }
}
