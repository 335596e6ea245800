package wsp.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.config.TunnelPorts;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.destination.WebSocketUrl;
import wsp.envelope.Headers;
import wsp.rules.AccessRules;
import wsp.rules.Decision;

/**
 * Tells how a request would end and why, line by line. Each daemon lets its own judges speak, in
 * their order; the first that denies has the last word. Texts may hold anything that the question
 * held. For one thread.
 */
public final class Explanation {
  private static final int MAX_READINGS = 16;

  /** One line; without a label it goes on with what the line before is about. */
  public record Row(String label, String text) {}

  private final String method;
  private final List<Row> rows = new ArrayList<>();
  private final @Nullable Destination destination;
  private @Nullable String denial;

  /** The beginning: where the request would go, and what origins may read in its URL. */
  public Explanation(Question asked) {
    Question question = asked.withOwnMethod();
    method = question.method();
    row("request", method + " " + question.url());
    destination = parse(question.url());
    if (destination != null) describe(destination);
    if (method.equals("CONNECT") && !question.isTunnel()) deny("CONNECT is for tcp://host:port");
  }

  /** Lets the ports speak to which a daemon has tunnels; only of a tunnel. */
  public void judge(String daemon, TunnelPorts ports) {
    Destination d = destination();
    if (d == null || !d.scheme().equals("tcp")) return;
    boolean listed = ports.has(d.port());
    row("tunnelports", listed ? "allowed: they are " + ports : "denied: they are " + ports);
    if (!listed) deny(ports.denial(d.port(), daemon));
  }

  /** That there is no destination at all, and why. */
  public Explanation(Question question, String none) {
    method = question.method();
    row("request", method + " " + question.host() + question.url());
    destination = null;
    invalid(none);
  }

  private @Nullable Destination parse(String url) {
    try {
      return Destination.isTunnel(url)
          ? Destination.ofTunnel(url)
          : Destination.parse(WebSocketUrl.asHttp(url));
    } catch (InvalidDestinationException e) {
      invalid(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void describe(Destination d) {
    row("canonical", d.url());
    row("connects to", d.host() + " port " + d.port());
    List<String> judged = List.of();
    try {
      judged = d.judgedForms();
      rows("judged as", judged);
      Set<String> more = new LinkedHashSet<>();
      d.deniedForms().forEach(more::add);
      judged.forEach(more::remove);
      rows("denied as", List.copyOf(more));
    } catch (InvalidDestinationException e) {
      String rule = judged.isEmpty() ? "a rule" : "a blacklist";
      row(
          judged.isEmpty() ? "judged as" : "denied as",
          "nothing, if " + rule + " looks at it: " + e.getMessage());
    }
  }

  private void rows(String label, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (i == MAX_READINGS) {
        row("", "and " + (texts.size() - i) + " more readings");
        return;
      }
      row(i == 0 ? label : "", texts.get(i));
    }
  }

  public void row(String label, String text) {
    rows.add(new Row(label, text));
  }

  /** Where it would go; null if it has been denied already. */
  public @Nullable Destination destination() {
    return denial == null ? destination : null;
  }

  /** Lets rules speak about these fields, by their owner's name, unless it is denied already. */
  public void judge(String whose, AccessRules rules, Headers fields) {
    Destination d = destination();
    if (d == null) return;
    Decision decision = rules.decide(method, d, fields);
    switch (decision.verdict()) {
      case ALLOWED -> permitted(whose, rules, d, fields);
      case UNCLEAR -> {
        row(whose, "refused: " + decision.why());
        invalid(decision.why());
      }
      case FORBIDDEN, NOT_ALLOWED -> {
        row(whose, "denied by " + decision.why());
        row("", "as " + decision.form());
        deny(decision.verdict().text());
      }
    }
  }

  private void permitted(String whose, AccessRules rules, Destination d, Headers fields) {
    if (rules.isEmpty()) {
      row(whose, "allowed: there are none");
      return;
    }
    List<String> said = rules.permissions(method, d, fields).stream().distinct().toList();
    if (said.isEmpty()) row(whose, "allowed: no rule of the blacklist matches");
    for (int i = 0; i < said.size(); i++)
      row(i == 0 ? whose : "", (i == 0 ? "allowed by " : "and by ") + said.get(i));
  }

  /** It is denied, for this reason; only the first one counts. */
  public void deny(String why) {
    if (denial == null) denial = "denied: " + why;
  }

  public void invalid(String why) {
    if (denial == null) denial = "no valid destination: " + why;
  }

  public boolean allowed() {
    return denial == null;
  }

  public List<Row> rows() {
    return List.copyOf(rows);
  }

  public String verdict() {
    return denial == null ? "allowed" : denial;
  }
}
