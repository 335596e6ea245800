package wsp.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import wsp.config.ConfigException;
import wsp.config.JsonPrint;
import wsp.explain.Inspection;

/** {@code check}: whether a configuration can be used, and what it comes to. */
final class CheckCommand implements Subcommand {
  static final String NAME = "check";

  private final CommandSpec spec;
  private final Inspection inspection;
  private final PrintStream out;
  private final Consumer<String> err;

  CheckCommand(
      String defaultConfigFile, Inspection inspection, PrintStream out, Consumer<String> err) {
    this.inspection = inspection;
    this.out = out;
    this.err = err;
    spec = Specs.command(NAME, "Say whether a configuration can be used, and what it comes to.");
    spec.addOption(Specs.config(defaultConfigFile));
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
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public int run(ParseResult given) throws ConfigException {
    Path config = spec.findOption("-config").getValue();
    Inspection.Checked checked = inspection.check(config);
    if (!given.hasMatchedOption("-quiet")) out.println(JsonPrint.indented(checked.effective()));
    for (String warning : checked.warnings()) err.accept("warning: " + warning);
    return 0;
  }
}
