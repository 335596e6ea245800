package wsp.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.admin.LiveSource.PoolRow;
import wsp.config.JsonPrint;
import wsp.observe.ExchangeRecord;

/**
 * The events that one reader of the live page gets: everything at first, and then the changes. Each
 * piece is an event of a stream of server-sent events (WHATWG HTML, 9.2). Of one thread.
 */
final class Feed {
  /** So many in flight are shown, the oldest. */
  static final int OPEN_SHOWN = 200;

  static final int POOLS_SHOWN = 200;

  /** After so many pieces that would have told nothing, the reader is told just that. */
  static final int QUIET = 5;

  /** Keeps the stream alive, and finds out who has left. */
  static final String COMMENT = ":\n\n";

  /** A browser that has lost the daemon asks again after this. */
  private static final int RETRY_MILLIS = 2_000;

  private final LiveSource source;
  private final RecentExchanges exchanges;
  private final long startedMillis;

  private long number;
  private Map<String, Object> last = Map.of();
  private int quiet;

  Feed(LiveSource source, RecentExchanges exchanges, long startedMillis) {
    this.source = source;
    this.exchanges = exchanges;
    this.startedMillis = startedMillis;
  }

  String first() {
    Map<String, Object> words = new LinkedHashMap<>();
    source.explanations().forEach((name, e) -> words.put(name, PageJson.words(e)));
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("daemon", source.daemon());
    m.put("version", source.version());
    m.put("started", startedMillis);
    m.put("words", words);
    last = state();
    m.putAll(last);
    m.put("ended", ended());
    return "retry: " + RETRY_MILLIS + "\n" + event(m);
  }

  /** The changes since the last piece; a comment if there are none. */
  String next() {
    Map<String, Object> state = state();
    Map<String, Object> changed = new LinkedHashMap<>(state);
    changed.entrySet().removeIf(e -> e.getValue().equals(last.get(e.getKey())));
    List<Map<String, Object>> ended = ended();
    if (!ended.isEmpty()) changed.put("ended", ended);
    if (changed.isEmpty() && ++quiet < QUIET) return COMMENT;
    quiet = 0;
    last = state;
    return event(changed);
  }

  private Map<String, Object> state() {
    String unready = source.unready().get();
    List<PoolRow> pools = new ArrayList<>(source.pools().get());
    pools.sort(Comparator.comparing(PoolRow::name));
    List<ExchangeRecord> open = exchanges.oldest(OPEN_SHOWN);
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("unready", unready == null ? "" : PageJson.fit(unready));
    m.put("poolCount", pools.size());
    m.put("pools", pools.stream().limit(POOLS_SHOWN).map(PageJson::pool).toList());
    m.put("refused", source.refused().get().stream().map(PageJson::refused).toList());
    m.put("inFlight", exchanges.inFlight());
    m.put("open", open.stream().map(PageJson::open).toList());
    m.put("total", exchanges.total());
    m.put("failed", exchanges.failed());
    return m;
  }

  private List<Map<String, Object>> ended() {
    List<RecentExchanges.Kept> some = exchanges.since(number);
    if (!some.isEmpty()) number = some.get(some.size() - 1).number() + 1;
    return some.stream().map(PageJson::ended).toList();
  }

  /** One line of JSON has no line ends, which would end the field. */
  private static String event(Map<String, Object> m) {
    m.put("now", System.currentTimeMillis());
    return "data: " + JsonPrint.line(m) + "\n\n";
  }
}
