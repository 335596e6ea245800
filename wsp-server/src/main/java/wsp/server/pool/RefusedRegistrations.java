package wsp.server.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;
import wsp.admin.LiveSource.RefusedRow;
import wsp.limit.BoundedMap;
import wsp.limit.Refusals;

/**
 * Tells the log of registrations that were refused, and keeps the last of them for the live page:
 * for each reason those of some addresses, so that a flood for one reason pushes no other out. Safe
 * for all threads.
 */
public final class RefusedRegistrations {
  /** Addresses that are kept for a reason. */
  static final int ADDRESSES = 20;

  /** Reasons are texts of the program, so there are few. */
  private static final int REASONS = 16;

  private static final int MOST_CHARS = 200;

  private final Refusals refusals;

  /** Of each, by address, the last one last. */
  @GuardedBy("this")
  private final Map<String, Map<String, RefusedRow>> reasons = new HashMap<>();

  public RefusedRegistrations(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * A line at warn, if its kind has not had too many, and a row for the page.
   *
   * @param what has happened to whom: a constant text with one {} for whom
   * @param why a constant text with a {} for each of the values
   */
  void warn(
      Logger log, String from, String what, Object whom, String why, @Nullable Object... values) {
    @Nullable Object[] all = new Object[values.length + 1];
    all[0] = whom;
    System.arraycopy(values, 0, all, 1, values.length);
    String kind = what + ": " + why;
    refusals.warn(log, from, kind, all);
    keep(from, kind, MessageFormatter.arrayFormat(why, values).getMessage());
  }

  private void keep(String from, String kind, String why) {
    String address = cut(Refusals.address(from));
    long now = System.currentTimeMillis();
    synchronized (this) {
      Map<String, RefusedRow> last = reasons.get(kind);
      if (last == null) {
        if (reasons.size() >= REASONS) return;
        last = new BoundedMap<>(ADDRESSES);
        reasons.put(kind, last);
      }
      RefusedRow before = last.remove(address);
      long count = before == null ? 1 : before.count() + 1;
      last.put(address, new RefusedRow(address, cut(why), count, now));
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }

  public List<RefusedRow> rows() {
    List<RefusedRow> all = new ArrayList<>();
    synchronized (this) {
      reasons.values().forEach(last -> all.addAll(last.values()));
    }
    all.sort(Comparator.comparingLong(RefusedRow::lastMillis).reversed());
    return all;
  }
}
