package wsp.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * The lines of the log that strangers can cause: what was refused, and whom. Each kind, which is
 * one text with its places left open, has a few lines a second, and then a sum ({@link Flood}). The
 * lines that all others cause go past it. Safe for all threads.
 */
public final class Refusals {
  /** Kinds are texts of the program, so there are few; a mistake must not make them many. */
  private static final int MOST_KINDS = 256;

  private record Kind(Logger log, Level level, Flood flood) {
    void tell(@Nullable String sum) {
      if (sum != null) log.atLevel(level).log(sum);
    }
  }

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  /**
   * A line at warn, if its kind has not had too many.
   *
   * @param from whom it is about; what follows an address, be it its port, is not looked at
   * @param format a constant text with a {} for each of the values
   */
  public void warn(Logger log, String from, String format, @Nullable Object... values) {
    if (tells(log, Level.WARN, from, format)) log.warn(format, values);
  }

  public void error(Logger log, String from, String format, @Nullable Object... values) {
    if (tells(log, Level.ERROR, from, format)) log.error(format, values);
  }

  /** True if such a line may be written now; otherwise it is counted. */
  public boolean tells(Logger log, Level level, String from, String format) {
    if (!log.isEnabledForLevel(level)) return false;
    Kind kind = kinds.get(format);
    if (kind == null) {
      if (kinds.size() >= MOST_KINDS) return false;
      kind =
          kinds.computeIfAbsent(format, f -> new Kind(log, level, new Flood(f.replace("{}", "…"))));
    }
    return kind.flood.tells(address(from), System.nanoTime());
  }

  /** Without the port, and without the proxies that it came through. */
  public static String address(String from) {
    int end = from.indexOf(' ');
    String first = end < 0 ? from : from.substring(0, end);
    int port = first.lastIndexOf(':');
    return port < 0 || (end >= 0 && first.indexOf(':') != port) ? first : first.substring(0, port);
  }

  /** Tells the sums that are due; once a second or so. */
  public void tick(long now) {
    for (Kind kind : kinds.values()) kind.tell(kind.flood.sum(now));
  }

  /** Tells what has not been told; at the end. */
  public void stop() {
    for (Kind kind : kinds.values()) kind.tell(kind.flood.sumNow(System.nanoTime()));
  }
}
