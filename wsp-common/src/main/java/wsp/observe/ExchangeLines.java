package wsp.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import wsp.log.LineBuffer;
import wsp.log.LineLogger;

/**
 * Writes one line of the daemon's log for each exchange, at its end, with all by which people match
 * it: method, URL, status, time, id, who asked, and who was asked; where it has failed, why.
 *
 * <pre>
 * [GET] http://api.test/x 200 in 3.250 ms, caller billing, client dc-1, request id 4f…
 * [GET] http://api.test/x 527 in 4.125 ms, client dc-1: wsp-client; error=…, request id 4f…
 * [GET] http://api.test/x 526 in 0.250 ms: No proxy available (no connection), from …, request id 4f…
 * </pre>
 *
 * <p>Text from outside stands there so that nobody who writes it can write more of the line ({@link
 * LineWords}). Where every line is an object, it has these as members, too. Safe for all threads.
 *
 * @param client the id of a client, where the daemon is one
 * @param peerName the word for {@link ExchangeRecord#peer}
 */
public record ExchangeLines(String client, String peerName, Reasons reasons)
    implements ExchangeObserver {
  public static final String LOGGER = "wsp.exchange";

  private static final LineLogger LOG = new LineLogger(LOGGER);
  private static final String CLIENT = "client";

  public enum Weight {
    /** The operator has to know. */
    WARN,
    /** For operators who look for the exchange. */
    INFO,
    /** There are too many like it: it is counted elsewhere, and has no line. */
    NONE
  }

  /** Facts that only the daemon knows about the failures in its table. */
  public interface Reasons {
    /** The level of its line; asked once for each. */
    Weight weight(ExchangeRecord failed);

    /** Why it failed, in words; what has come from outside may be in it. */
    String why(ExchangeRecord failed);
  }

  @Override
  public void ended(ExchangeRecord exchange) {
    boolean failed = !exchange.failure().isEmpty();
    Weight weight = failed ? reasons.weight(exchange) : Weight.INFO;
    boolean warn = weight == Weight.WARN;
    if (weight == Weight.NONE || !LOG.wants(warn)) return;
    LineBuffer line = LOG.begin(warn);
    append(line, exchange, failed);
    if (LOG.objects()) LOG.end(line, warn, members(exchange, failed));
    else LOG.end(line, warn);
  }

  private void append(LineBuffer line, ExchangeRecord exchange, boolean failed) {
    line.ascii('[').text(exchange.method(), AccessLine.METHOD).ascii("] ");
    String url = exchange.destination();
    line.text(url.isEmpty() ? "-" : LineWords.one(url), AccessLine.LONG);
    line.ascii(' ').number(exchange.status());
    line.ascii(" in ").millis(exchange.endedAt() - exchange.receivedAt()).ascii(" ms");
    part(line, "caller", exchange.caller());
    part(line, CLIENT, client);
    part(line, peerName, exchange.peer());
    if (failed) why(line, exchange);
    else if (!exchange.proxyStatus().isEmpty()) ofThePeer(line, exchange);
    part(line, "request id", exchange.requestId());
  }

  private static void part(LineBuffer line, String name, String text) {
    if (!text.isEmpty()) line.ascii(", ").ascii(name).ascii(' ').text(text, AccessLine.SHORT);
  }

  private void why(LineBuffer line, ExchangeRecord exchange) {
    line.ascii(": ").text(LineWords.free(reasons.why(exchange)), AccessLine.LONG);
    if (!exchange.rule().isEmpty())
      line.ascii(" (").text(exchange.rule(), AccessLine.LONG).ascii(')');
    part(line, "from", exchange.from());
  }

  /** The answer is the error of a proxy on the way to the origin: mostly of our client. */
  private static void ofThePeer(LineBuffer line, ExchangeRecord exchange) {
    if (exchange.status() >= 400)
      line.ascii(": ").text(LineWords.free(exchange.proxyStatus()), AccessLine.LONG);
  }

  private Map<String, Object> members(ExchangeRecord exchange, boolean failed) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("id", exchange.requestId());
    m.put("method", exchange.method());
    put(m, "url", exchange.destination());
    m.put("status", exchange.status());
    m.put("total_ms", Math.round((exchange.endedAt() - exchange.receivedAt()) / 1e3) / 1e3);
    put(m, "caller", exchange.caller());
    put(m, CLIENT, client);
    put(m, peerName, exchange.peer());
    put(m, "from", exchange.from());
    put(m, "failure", exchange.failure());
    if (failed) put(m, "reason", reasons.why(exchange));
    put(m, "rule", exchange.rule());
    put(m, "proxy_status", exchange.proxyStatus());
    return m;
  }

  private static void put(Map<String, Object> m, String name, String text) {
    if (!text.isEmpty()) m.put(name, text);
  }
}
