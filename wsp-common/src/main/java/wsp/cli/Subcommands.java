package wsp.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import wsp.config.ConfigException;
import wsp.config.JsonPrint;
import wsp.explain.Inspection;
import wsp.log.Terminal;

/**
 * The commands of a daemon's jar beside running the daemon, and the help that names all of them. A
 * start loads nothing of this.
 */
final class Subcommands {
  static final String HELP = "help";
  static final String VERSION = "version";

  private static final String INDENT = "  ";

  /** Does what a command is for, and says with which exit code it ends. */
  private interface Action {
    int run(ParseResult given) throws ConfigException;
  }

  private record Subcommand(CommandSpec spec, Action action) {}

  private final DaemonCommand.Names names;
  private final Inspection inspection;
  private final PrintStream out;
  private final Consumer<String> err;
  private final Ansi ansi;

  Subcommands(
      DaemonCommand.Names names, Inspection inspection, PrintStream out, Consumer<String> err) {
    this.names = names;
    this.inspection = inspection;
    this.out = out;
    this.err = err;
    ansi = out == System.out && Terminal.ofProcess().colours() ? Ansi.ON : Ansi.OFF;
  }

  private List<Subcommand> all() {
    ExplainCommand explain =
        new ExplainCommand(names.defaultConfigFile(), inspection, out, ansi == Ansi.ON);
    return List.of(check(), new Subcommand(explain.spec(), explain::run), completion());
  }

  /** {@code check}: whether a configuration can be used, and what it comes to. */
  private Subcommand check() {
    CommandSpec spec =
        Specs.command("check", "Say whether a configuration can be used, and what it comes to.");
    spec.addOption(Specs.config(names.defaultConfigFile()));
    spec.addOption(
        Specs.flag("Print warnings and errors only.", "-quiet", "--quiet", "-q").build());
    spec.addOption(Specs.help());
    spec.usageMessage()
        .footer(
            "",
            "Reads all that a start reads: the file, those of keys, certificates. Nothing is",
            "bound or dialled. The configuration goes to standard output as JSON, secrets",
            "masked; warnings and the error go to standard error.",
            "",
            "Exit codes: 0 it can be used, 1 it cannot, 2 the arguments make no sense.");
    return new Subcommand(
        spec,
        given -> {
          Path config = spec.findOption("-config").getValue();
          Inspection.Checked checked = inspection.check(config);
          if (!given.hasMatchedOption("-quiet"))
            out.println(JsonPrint.indented(checked.effective()));
          for (String warning : checked.warnings()) err.accept("warning: " + warning);
          return 0;
        });
  }

  /** {@code completion}: the script by which bash and zsh complete the arguments. */
  private Subcommand completion() {
    CommandSpec spec =
        Specs.command(
            "completion", "Print the script by which bash and zsh complete the arguments.");
    spec.addOption(Specs.help());
    spec.usageMessage()
        .footer(
            "",
            "For this shell, or in the file that it reads at its start:",
            "  source <(java -jar JAR completion)",
            "Where the daemon is no command of its own yet, the script makes it a function",
            "of the shell that runs the jar.");
    return new Subcommand(
        spec,
        given -> {
          CommandSpec all = whole();
          // It is read by a shell, never run by one; so it names none.
          out.print(
              AutoComplete.bash(all.name(), new CommandLine(all)).replaceFirst("^#!.*\\R", ""));
          @Nullable Path jar = BuildInfo.jarOf(inspection.getClass());
          if (jar != null) out.print(function(all.name(), jar.toString()));
          return 0;
        });
  }

  /** Bash and zsh complete the arguments of a command, and {@code java -jar} is another one. */
  private static String function(String name, String jar) {
    String quoted = "'" + jar.replace("'", "'\\''") + "'";
    return "\ncommand -v %1$s >/dev/null 2>&1 || function %1$s() { java -jar %2$s \"$@\"; }\n"
        .formatted(name, quoted);
  }

  /** The daemon's command line with all that belongs to it. */
  private CommandSpec whole() {
    CommandSpec spec = DaemonCommand.spec(names);
    for (Subcommand command : all())
      spec.addSubcommand(command.spec().name(), new CommandLine(command.spec()));
    spec.addSubcommand(HELP, word(HELP, "Print this, or the help of a command."));
    spec.addSubcommand(VERSION, word(VERSION, "Print the version, as -version does."));
    return spec;
  }

  /** One that {@link DaemonCommand} knows itself. */
  private static CommandLine word(String name, String description) {
    return new CommandLine(Specs.command(name, description));
  }

  /** Runs the one that is named first, with the arguments behind it; the exit code. */
  int run(String... args) throws ConfigException {
    Subcommand command =
        all().stream().filter(c -> c.spec().name().equals(args[0])).findFirst().orElseThrow();
    CommandSpec spec = command.spec();
    spec.name(names.daemon() + " " + args[0]);
    CommandLine line = new CommandLine(spec).setExpandAtFiles(false);
    ParseResult given =
        line.parseArgs(List.of(args).subList(1, args.length).toArray(String[]::new));
    if (given.isUsageHelpRequested()) {
      line.usage(out, ansi);
      return 0;
    }
    return command.action().run(given);
  }

  /** Help for the daemon and everything beside it. */
  void help() {
    CommandSpec spec = whole();
    String run = INDENT + "java -jar " + names.daemon() + ".jar ";
    String config = "-config " + names.defaultConfigFile();
    spec.usageMessage()
        .customSynopsis(
            names.daemon() + " [-config FILE]", " ".repeat(7) + names.daemon() + " COMMAND [...]")
        .commandListHeading("\nCommands, each with a --help of its own:\n")
        .optionListHeading("\n")
        .footer(
            "",
            "Examples:",
            run + config,
            run + "check " + config,
            run + "explain " + config + " https://example.com/",
            INDENT + "source <(java -jar " + names.daemon() + ".jar completion)",
            "",
            "Exit codes:",
            INDENT + "0    it stopped when it was told to",
            INDENT + "1    the configuration or a port cannot be used; the last line says why",
            INDENT + "2    the arguments make no sense",
            INDENT + "3    it ran out of memory",
            INDENT + "4    it could not start or go on for now: a restart may mend it",
            INDENT + "130  a second SIGINT or SIGTERM ended it at once",
            "",
            "Every key of the configuration is explained in config/"
                + names.defaultConfigFile()
                + ",",
            "everything else in README.md.");
    new CommandLine(spec).usage(out, ansi);
  }
}
