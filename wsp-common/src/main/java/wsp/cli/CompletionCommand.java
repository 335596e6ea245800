package wsp.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code completion}: the script by which bash and zsh complete the arguments. */
final class CompletionCommand implements Subcommand {
  static final String NAME = "completion";

  private final CommandSpec spec;
  private final Supplier<CommandSpec> daemon;
  private final Class<?> inJar;
  private final PrintStream out;

  /**
   * @param daemon the whole command line that is to be completed
   * @param inJar a class of the jar that people run
   */
  CompletionCommand(Supplier<CommandSpec> daemon, Class<?> inJar, PrintStream out) {
    this.daemon = daemon;
    this.inJar = inJar;
    this.out = out;
    spec = Specs.command(NAME, "Print the script by which bash and zsh complete the arguments.");
    spec.addOption(Specs.help());
    spec.usageMessage()
        .footer(
            "",
            "For this shell, or in the file that it reads at its start:",
            "  source <(java -jar JAR completion)",
            "Where the daemon is no command of its own yet, the script makes it a function",
            "of the shell that runs the jar.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public int run(ParseResult given) {
    CommandSpec all = daemon.get();
    // It is read by a shell, never run by one; so it names none.
    out.print(AutoComplete.bash(all.name(), new CommandLine(all)).replaceFirst("^#!.*\\R", ""));
    @Nullable Path jar = BuildInfo.jarOf(inJar);
    if (jar != null) out.print(function(all.name(), jar.toString()));
    return 0;
  }

  /** Bash and zsh complete the arguments of a command, and {@code java -jar} is another one. */
  private static String function(String name, String jar) {
    String quoted = "'" + jar.replace("'", "'\\''") + "'";
    return "\ncommand -v %1$s >/dev/null 2>&1 || function %1$s() { java -jar %2$s \"$@\"; }\n"
        .formatted(name, quoted);
  }
}
