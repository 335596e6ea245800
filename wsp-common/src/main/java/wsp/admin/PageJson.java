package wsp.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import wsp.admin.LiveSource.FailureText;
import wsp.admin.LiveSource.PoolRow;
import wsp.admin.LiveSource.RefusedRow;
import wsp.log.LogText;
import wsp.observe.ExchangeRecord;

/**
 * Values of the live page as JSON, with nothing in them that a log would not show either. Empty
 * ones are left out. Times are milliseconds.
 */
final class PageJson {
  private static final int MAX_CHARS = 600;
  private static final int SHORT_TEXT = 130;
  private static final double NANOS_PER_MILLI = 1e6;

  private PageJson() {}

  static Map<String, Object> ended(RecentExchanges.Kept kept) {
    ExchangeRecord e = kept.of();
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("n", kept.number());
    m.put("at", e.receivedAtMillis());
    text(m, "method", LogText.cut(e.method(), SHORT_TEXT));
    text(m, "url", e.destination());
    m.put("status", e.status());
    text(m, "proxyStatus", e.proxyStatus());
    text(m, "failure", e.failure());
    text(m, "detail", e.detail());
    text(m, "rule", e.rule());
    text(m, "peer", e.peer());
    text(m, "caller", LogText.cut(e.caller(), SHORT_TEXT));
    text(m, "from", LogText.cut(e.from(), SHORT_TEXT));
    text(m, "id", LogText.cut(e.requestId(), SHORT_TEXT));
    text(m, "trace", LogText.cut(e.traceparent(), SHORT_TEXT));
    phases(m, e);
    m.put("up", e.requestBytes());
    m.put("down", e.responseBytes());
    return m;
  }

  /**
   * Until there was a connection, from there to the head of the answer, and from there to the end.
   */
  private static void phases(Map<String, Object> m, ExchangeRecord e) {
    long connected = e.connectedAt();
    long head = e.headAt();
    long headOrEnd = head != 0 ? head : e.endedAt();
    time(m, "wait", (connected != 0 ? connected : headOrEnd) - e.receivedAt());
    if (connected != 0) time(m, "head", headOrEnd - connected);
    if (head != 0) time(m, "body", e.endedAt() - head);
  }

  static Map<String, Object> open(ExchangeRecord e) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("at", e.receivedAtMillis());
    m.put("phase", phase(e));
    text(m, "method", e.method());
    text(m, "url", e.destination());
    text(m, "peer", e.peer());
    text(m, "caller", e.caller());
    text(m, "id", e.requestId());
    m.put("up", e.requestBytes());
    m.put("down", e.responseBytes());
    return m;
  }

  private static String phase(ExchangeRecord e) {
    if (e.isOpenTunnel()) return "tunnel";
    return e.connectedAt() == 0 ? "connection" : e.headAt() == 0 ? "answer" : "body";
  }

  static Map<String, Object> pool(PoolRow row) {
    Map<String, Object> m = new LinkedHashMap<>();
    text(m, "name", row.name());
    m.put("connecting", row.connecting());
    m.put("idle", row.idle());
    m.put("busy", row.busy());
    text(m, "note", row.note());
    return m;
  }

  static Map<String, Object> refused(RefusedRow row) {
    Map<String, Object> m = new LinkedHashMap<>();
    text(m, "from", row.from());
    text(m, "why", row.why());
    m.put("count", row.count());
    m.put("at", row.lastMillis());
    return m;
  }

  static Map<String, Object> words(FailureText e) {
    return Map.of("title", e.title(), "side", e.side(), "what", e.what(), "advice", e.advice());
  }

  /** As the logs do it: no secrets, nothing that cannot be seen, not too long. */
  static String fit(String text) {
    return LogText.clean(LogText.cut(text, MAX_CHARS), MAX_CHARS);
  }

  private static void text(Map<String, Object> m, String key, String text) {
    if (!text.isEmpty()) m.put(key, fit(text));
  }

  private static void time(Map<String, Object> m, String key, long nanos) {
    m.put(key, Math.round(nanos / NANOS_PER_MILLI * 100) / 100.0);
  }
}
