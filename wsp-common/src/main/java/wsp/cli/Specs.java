package wsp.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that several commands have, built by hand: annotations cost time at every start. */
final class Specs {
  private static final int WIDTH = 80;

  private Specs() {}

  static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().width(WIDTH).description(description).sortOptions(false);
    // -header is one option, not six.
    spec.parser().posixClusteredShortOptionsAllowed(false);
    return spec;
  }

  static OptionSpec config(String defaultFile) {
    return OptionSpec.builder("-config", "--config")
        .paramLabel("FILE")
        .type(Path.class)
        .defaultValue(defaultFile)
        .description("Configuration; without this, " + defaultFile + ".")
        .build();
  }

  static OptionSpec.Builder text(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .arity("1")
        .type(String.class)
        .description(description);
  }

  static OptionSpec.Builder flag(String description, String... names) {
    return OptionSpec.builder(names).description(description);
  }

  static OptionSpec help() {
    return flag("Print this and exit.", "-h", "-help", "--help").usageHelp(true).build();
  }
}
