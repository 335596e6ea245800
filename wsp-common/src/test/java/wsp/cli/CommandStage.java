package wsp.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import wsp.config.ConfigException;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.explain.UnknownCallerException;

/** A command line, what it has started, and what it has printed. */
abstract class CommandStage {
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<Path> started = new ArrayList<>();

  /** Knows one caller, denies what is called denied, and finds fault with a file called bad. */
  final Inspection inspection =
      new Inspection() {
        @Override
        public Checked check(Path config) throws ConfigException {
          if (config.toString().equals("bad")) throw new ConfigException("bad: port: no");
          return new Checked(Map.of("Port", 1, "File", config.toString()), List.of("open to all"));
        }

        @Override
        public Explanation explain(Question question)
            throws ConfigException, UnknownCallerException {
          if (question.caller().equals("nobody")) throw new UnknownCallerException("who is nobody");
          check(question.config());
          Explanation explanation = new Explanation(question);
          explanation.row("fields", question.headers().all("A").toString());
          if (question.url().endsWith("denied")) explanation.deny("no");
          return explanation;
        }

        @Override
        public boolean knowsCallers() {
          return true;
        }
      };

  int execute(DaemonCommand.Starter starter, String... args) {
    return DaemonCommand.execute(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new DaemonCommand.Names("wsp-test", "Does something.", "wsp_test.cfg"),
        starter,
        () -> inspection,
        args);
  }

  int run(String... args) {
    return execute(
        config -> {
          started.add(config);
          return 7;
        },
        args);
  }

  String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
