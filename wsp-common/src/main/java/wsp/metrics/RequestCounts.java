package wsp.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many requests there were of each method with each status. Neither is taken from outside as it
 * is: a method that is not known by name here counts as another one, so that there is a bound on
 * how many numbers there are. Counting looks up nothing and makes nothing but the first time. Safe
 * for all threads.
 */
final class RequestCounts {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT");

  /** Those of the registry of RFC 9110 §16.2, and those of this tunnel and of its logs. */
  private static final int[] CODES = {
    100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304,
    305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415,
    416, 417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505,
    506, 507, 508, 510, 511, 526, 527
  };

  private static final int OTHER_CODE = CODES.length;
  private static final int COLUMNS = CODES.length + 1;
  private static final int[] COLUMN = columns();

  private final AtomicReferenceArray<@Nullable LongAdder> counts =
      new AtomicReferenceArray<>((METHODS.size() + 1) * COLUMNS);

  private static int[] columns() {
    int[] columns = new int[600];
    Arrays.fill(columns, OTHER_CODE);
    for (int i = 0; i < CODES.length; i++) columns[CODES[i]] = i;
    return columns;
  }

  void count(String method, int status) {
    int column = status >= 0 && status < COLUMN.length ? COLUMN[status] : OTHER_CODE;
    int cell = row(method) * COLUMNS + column;
    LongAdder counter = counts.get(cell);
    if (counter == null) counter = first(cell);
    counter.increment();
  }

  private LongAdder first(int cell) {
    LongAdder made = new LongAdder();
    LongAdder before = counts.compareAndExchange(cell, null, made);
    return before == null ? made : before;
  }

  private static int row(String method) {
    for (int i = 0; i < METHODS.size(); i++) {
      if (METHODS.get(i).equals(method)) return i;
    }
    return METHODS.size();
  }

  /** Those that are not zero, by method and status. */
  List<Sample> samples() {
    List<Sample> out = new ArrayList<>();
    for (int cell = 0; cell < counts.length(); cell++) {
      LongAdder counter = counts.get(cell);
      if (counter == null) continue;
      int row = cell / COLUMNS;
      int column = cell % COLUMNS;
      out.add(
          Sample.of(
              counter.sum(),
              row < METHODS.size() ? METHODS.get(row) : Sample.OTHER,
              column < CODES.length ? String.valueOf(CODES[column]) : Sample.OTHER));
    }
    return out;
  }
}
