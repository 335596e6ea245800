package wsp.observe;

import wsp.log.JsonText;
import wsp.log.LogText;
import wsp.log.Timestamp;

/** One object of JSON. Unknown values are left out. */
record JsonAccessLine(String daemon, String peerName) implements AccessLine {
  @Override
  public void append(StringBuilder line, ExchangeRecord exchange) {
    line.append("{\"time\":\"");
    Timestamp.ISO.append(line, exchange.receivedAtMillis());
    line.append('"');
    text(line, "daemon", daemon, SHORT);
    text(line, "id", exchange.requestId(), SHORT);
    text(line, "traceparent", exchange.traceparent(), SHORT);
    text(line, "from", exchange.from(), SHORT);
    text(line, "caller", exchange.caller(), SHORT);
    if (exchange.kind() != Kind.PLAIN) text(line, "kind", exchange.kind().word(), SHORT);
    text(line, "method", exchange.method(), METHOD);
    text(line, "url", exchange.destination(), LONG);
    line.append(",\"status\":").append(exchange.status());
    text(line, "outcome", AccessLine.outcome(exchange), SHORT);
    text(line, "failure", exchange.failure(), SHORT);
    text(line, "detail", exchange.detail(), LONG);
    text(line, "rule", exchange.rule(), LONG);
    text(line, peerName, exchange.peer(), SHORT);
    line.append(",\"bytes_in\":").append(exchange.requestBytes());
    line.append(",\"bytes_out\":").append(exchange.responseBytes());
    time(line, "wait_ms", exchange, exchange.connectedAt());
    time(line, "head_ms", exchange, exchange.headAt());
    time(line, "total_ms", exchange, exchange.endedAt());
    line.append('}');
  }

  private static void text(StringBuilder line, String name, String text, int maxChars) {
    if (text.isEmpty()) return;
    line.append(",\"").append(name).append("\":");
    JsonText.quote(line, LogText.clean(text, maxChars));
  }

  private static void time(StringBuilder line, String name, ExchangeRecord exchange, long when) {
    if (when == 0) return;
    line.append(",\"").append(name).append("\":");
    AccessLine.millis(line, when - exchange.receivedAt());
  }
}
