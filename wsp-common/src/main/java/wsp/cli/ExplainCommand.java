package wsp.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import wsp.config.ConfigException;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.explain.UnknownCallerException;
import wsp.log.LogText;
import wsp.text.Ascii;

/** {@code explain}: whether a request would pass, by which rule, in which form. */
final class ExplainCommand {
  private static final int DENIED = 1;
  private static final int MAX_TEXT = 2_000;
  private static final String RED = "\u001b[1;31m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String PLAIN = "\u001b[0m";

  private final CommandSpec spec;
  private final Inspection inspection;
  private final PrintStream out;
  private final boolean colours;

  ExplainCommand(
      String defaultConfigFile, Inspection inspection, PrintStream out, boolean colours) {
    this.inspection = inspection;
    this.out = out;
    this.colours = colours;
    spec = Specs.command("explain", "Say whether a request to URL would pass, and by which rule.");
    spec.addPositional(url(inspection.knowsCallers() ? "; or a path, for routes." : "."));
    spec.addOption(Specs.config(defaultConfigFile));
    spec.addOption(
        Specs.text("METHOD", "The request's method; without this, GET.", "-method", "--method")
            .defaultValue("GET")
            .completionCandidates(
                List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
            .build());
    spec.addOption(
        OptionSpec.builder("-header", "--header")
            .paramLabel("'NAME: VALUE'")
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("A field of the request; may be given several times.")
            .build());
    spec.addOption(own(inspection));
    if (inspection.knowsCallers())
      spec.addOption(
          Specs.text("HOST", "The host by which the server is asked for a path.", "-host", "--host")
              .build());
    spec.addOption(Specs.help());
    spec.usageMessage()
        .footer(
            "",
            "'judged as' are the readings that an origin may have of the URL: it passes only",
            "if none of them is denied. 'denied as' are more, with a decoded query or in lower",
            "case, which only the blacklist looks at.",
            "",
            "Exit codes: 0 it would pass, 1 it would not or has no valid destination (the",
            "last line says which) or the configuration cannot be used, 2 the arguments make",
            "no sense.");
  }

  private static PositionalParamSpec url(String more) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity("1")
        .required(true)
        .paramLabel("URL")
        .type(String.class)
        .description("The destination, as a caller would write it" + more)
        .build();
  }

  private static OptionSpec own(Inspection inspection) {
    if (inspection.knowsCallers())
      return Specs.text("NAME", "Judge by the rules of this caller, too.", "-caller", "--caller")
          .build();
    return Specs.flag("Look names up, and judge their addresses.", "-resolve", "--resolve").build();
  }

  CommandSpec spec() {
    return spec;
  }

  int run(ParseResult given) throws ConfigException {
    CommandLine line = given.commandSpec().commandLine();
    String method = spec.findOption("-method").getValue();
    if (!FieldSyntax.isToken(method)) throw new ParameterException(line, "-method: not a method");
    Path config = spec.findOption("-config").getValue();
    String url = spec.positionalParameters().get(0).getValue();
    @Nullable String caller = given.matchedOptionValue("-caller", null);
    @Nullable String host = given.matchedOptionValue("-host", null);
    if (host != null && !url.startsWith("/"))
      throw new ParameterException(line, "-host: a path is expected with it, not a URL");
    Question question =
        new Question(
            config,
            url,
            method,
            headers(line),
            caller == null ? "" : caller,
            host == null ? "" : host,
            given.hasMatchedOption("-resolve"));
    try {
      Explanation explanation = inspection.explain(question);
      print(explanation);
      return explanation.allowed() ? 0 : DENIED;
    } catch (UnknownCallerException e) {
      throw new ParameterException(line, "-caller: " + e.getMessage(), e);
    }
  }

  private Headers headers(CommandLine line) {
    @Nullable List<String> given = spec.findOption("-header").getValue();
    Headers.Builder fields = new Headers.Builder();
    for (String text : given == null ? List.<String>of() : given) {
      int colon = text.indexOf(':');
      String name = text.substring(0, Math.max(0, colon));
      String value = Ascii.trim(text.substring(colon + 1));
      if (!FieldSyntax.isToken(name) || !FieldSyntax.isValue(value))
        throw new ParameterException(line, "-header: 'NAME: VALUE' is expected");
      fields.add(name, value);
    }
    return fields.build();
  }

  /** People show each other this text, so it has no secrets in it. */
  private void print(Explanation explanation) {
    int width = "verdict".length();
    for (Explanation.Row row : explanation.rows()) width = Math.max(width, row.label().length());
    for (Explanation.Row row : explanation.rows())
      print(width, row.label(), LogText.clean(row.text(), MAX_TEXT));
    String verdict = LogText.clean(explanation.verdict(), MAX_TEXT);
    if (colours) verdict = (explanation.allowed() ? GREEN : RED) + verdict + PLAIN;
    print(width, "verdict", verdict);
  }

  private void print(int width, String label, String text) {
    out.println(label + " ".repeat(width + 2 - label.length()) + text);
  }
}
