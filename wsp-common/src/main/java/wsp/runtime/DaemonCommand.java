package wsp.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import wsp.config.ConfigException;

/** The command line that both daemons have. */
public final class DaemonCommand {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final int MAX_LINE = 1_000;

  private final CommandSpec spec;
  private final Starter starter;
  private final PrintStream out;
  private final PrintStream err;

  private DaemonCommand(CommandSpec spec, Starter starter, PrintStream out, PrintStream err) {
    this.spec = spec;
    this.starter = starter;
    this.out = out;
    this.err = err;
  }

  /** What a daemon does with its configuration file. */
  @FunctionalInterface
  public interface Starter {
    /** Runs until the daemon has stopped; returns the exit code. */
    int run(Path config) throws ConfigException, IOException, InterruptedException;
  }

  /**
   * Reads the arguments and starts the daemon, or prints help or version. Errors are one line on
   * standard error.
   *
   * @return the exit code: the starter's, 1 if it failed, 2 for arguments that make no sense
   */
  public static int execute(
      String name, String description, String defaultConfigFile, Starter starter, String... args) {
    return execute(System.out, System.err, name, description, defaultConfigFile, starter, args);
  }

  static int execute(
      PrintStream out,
      PrintStream err,
      String name,
      String description,
      String defaultConfigFile,
      Starter starter,
      String... args) {
    CommandSpec spec = spec(name, description, defaultConfigFile);
    return new DaemonCommand(spec, starter, out, err).execute(args);
  }

  /** Built by hand: reading annotations would cost time at every start. */
  private static CommandSpec spec(String name, String description, String defaultConfigFile) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    spec.addOption(
        OptionSpec.builder("-config", "--config")
            .paramLabel("FILE")
            .type(Path.class)
            .defaultValue(defaultConfigFile)
            .description("The configuration file; without this, " + defaultConfigFile + ".")
            .build());
    spec.addOption(flag("Print this and exit.", "-h", "--help").usageHelp(true).build());
    spec.addOption(flag("Print the version and exit.", "--version").versionHelp(true).build());
    return spec;
  }

  private static OptionSpec.Builder flag(String description, String... names) {
    return OptionSpec.builder(names).description(description);
  }

  private int execute(String... args) {
    CommandLine line = new CommandLine(spec).setExpandAtFiles(false);
    ParseResult given;
    try {
      given = line.parseArgs(args);
    } catch (ParameterException e) {
      error(message(e) + " (try --help)");
      return MISUSED;
    }
    if (given.isUsageHelpRequested()) {
      line.usage(out, Ansi.OFF);
      return 0;
    }
    if (given.isVersionHelpRequested()) {
      out.println(spec.name() + " " + version());
      return 0;
    }
    Path config = spec.findOption("-config").getValue();
    return run(config);
  }

  private int run(Path config) {
    try {
      return starter.run(config);
    } catch (ConfigException | IOException e) {
      error(message(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      error("interrupted");
    } catch (RuntimeException e) {
      error("internal error: " + e);
    }
    return FAILED;
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private void error(String message) {
    err.println(spec.name() + ": " + LogText.escape(Redaction.urls(message), MAX_LINE));
  }

  /** That of the jar that the starter is in, or else of this one. */
  private String version() {
    @Nullable String version = starter.getClass().getPackage().getImplementationVersion();
    if (version == null) version = DaemonCommand.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
