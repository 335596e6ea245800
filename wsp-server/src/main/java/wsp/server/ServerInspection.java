package wsp.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.WebSocketUrl;
import wsp.envelope.Headers;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.explain.UnknownCallerException;
import wsp.process.Descriptors;
import wsp.server.forward.Terms;
import wsp.server.forward.Upgrades;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Remote;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * The server's configuration, looked at without a server: for {@code check} and {@code explain}.
 *
 * @param descriptors how many the daemon may have, if that is known
 * @param clock by which certificates are valid or not
 */
record ServerInspection(OptionalLong descriptors, Clock clock) implements Inspection {
  /** A caller behind no proxy that is trusted. */
  private static final Remote SOMEBODY = new Remote(null, 0, false);

  /** With the limits of this process. */
  static ServerInspection ofProcess() {
    return new ServerInspection(Descriptors.limit(), Clock.systemUTC());
  }

  @Override
  public Checked check(Path path) throws ConfigException {
    ConfigFile file = ConfigFile.read(path);
    ServerConfig config = ServerConfig.of(file);
    TlsSettings tls = config.port().tls();
    List<String> certificates =
        tls == null ? List.of() : TlsFiles.server(tls).warnings(clock.instant());
    return config.checked(descriptors, certificates, ServerAdvice.of(path, file, config));
  }

  @Override
  public Explanation explain(Question question) throws ConfigException, UnknownCallerException {
    ServerConfig config = ServerConfig.of(ConfigFile.read(question.config()));
    CallerKeys.Identity who = who(config.requests().callers(), question.caller());
    if (question.url().startsWith("/"))
      return RouteExplanation.of(question, config.requests(), who);
    Explanation explanation = new Explanation(question);
    explanation.judge("wsp-server", config.requests().entrances().tunnelPorts());
    Headers asked = question.sent();
    String upgrade = question.isTunnel() ? null : config.requests().upgrade(asked);
    if (WebSocketUrl.is(question.url()) && upgrade == null) explanation.invalid(Upgrades.MISSING);
    judge(explanation, asked, upgrade, config.requests(), who);
    return explanation;
  }

  /** Lets the rules speak on a question about a URL. */
  static void judge(
      Explanation explanation,
      Headers asked,
      @Nullable String upgrade,
      Terms terms,
      CallerKeys.@Nullable Identity who) {
    Headers fields = terms.judged(asked, SOMEBODY, upgrade);
    explanation.judge("server's rules", terms.rules(), fields);
    if (who != null && !who.name().isEmpty())
      explanation.judge("rules of " + who.name(), who.rules(), fields);
    else if (who == null && !terms.callers().open() && explanation.allowed())
      explanation.row("callers", "not judged: each may have rules of its own (-caller NAME)");
  }

  private static CallerKeys.@Nullable Identity who(CallerKeys callers, String name)
      throws UnknownCallerException {
    if (name.isEmpty()) return null;
    CallerKeys.Identity who = callers.named(name);
    if (who == null) throw new UnknownCallerException("callers has nobody named " + name);
    return who;
  }

  @Override
  public boolean knowsCallers() {
    return true;
  }
}
