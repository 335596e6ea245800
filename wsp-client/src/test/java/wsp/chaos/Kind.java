package wsp.chaos;

import java.util.Locale;
import java.util.Random;

/** What is asked for: by whom which part is played, and what may come of it. */
enum Kind {
  GET(300, 40, May.ANSWER),
  HEAD(20, 20, May.ANSWER),
  POST_LENGTH(80, 30, May.ANSWER),
  POST_CHUNKED(80, 30, May.ANSWER),
  DOWNLOAD(15, 0, May.ANSWER),
  /** Megabytes that the caller takes slowly. */
  SLOW_READER(6, 0, May.ANSWER),
  /** The origin takes its time, before its answer and in it. */
  SLOW_ORIGIN(10, 0, May.ANSWER),
  /** The origin answers without reading the body. */
  EARLY_ANSWER(8, 0, May.ANSWER),

  /** Bytes both ways, by CONNECT; and by an upgrade. */
  TUNNEL(30, 10, May.ANSWER),
  UPGRADE(30, 10, May.ANSWER),

  CALLER_CUTS_UPLOAD(10, 1, May.LEAVE),
  CALLER_LEAVES_BEFORE_HEAD(10, 1, May.LEAVE),
  CALLER_LEAVES_IN_BODY(10, 1, May.LEAVE),

  CUT_LENGTH(6, 1, May.ABORT),
  CUT_CHUNKED(6, 1, May.ABORT),
  CUT_BY_RESET(6, 1, May.ABORT),
  CUT_WITHOUT_FRAMING(6, 1, May.ABORT),
  /** The origin resets a tunnel half way. */
  CUT_TUNNEL(6, 1, May.ABORT),

  CLOSED_BEFORE_HEAD(6, 1, May.FAIL),
  RESET_BEFORE_HEAD(6, 1, May.FAIL),
  GARBAGE(8, 1, May.FAIL),
  NO_ANSWER(4, 0, May.FAIL),
  REFUSED(8, 1, May.FAIL),
  DENIED_BY_SERVER(8, 1, May.FAIL),
  DENIED_BY_CLIENT(8, 1, May.FAIL);

  /** What comes of it where nothing else breaks. */
  enum May {
    ANSWER,
    ABORT,
    FAIL,
    LEAVE
  }

  private final int chaosWeight;
  private final int soakWeight;
  final May may;

  Kind(int chaosWeight, int soakWeight, May may) {
    this.chaosWeight = chaosWeight;
    this.soakWeight = soakWeight;
    this.may = may;
  }

  /** As it stands in a URL. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether what follows the heads is no HTTP. */
  boolean isRaw() {
    return this == TUNNEL || this == UPGRADE || this == CUT_TUNNEL;
  }

  boolean hasUpload() {
    return this == POST_LENGTH
        || this == POST_CHUNKED
        || this == EARLY_ANSWER
        || this == CALLER_CUTS_UPLOAD;
  }

  /** One of them, as often as each occurs in a chaos run. */
  static Kind ofChaos(Random random) {
    int sum = 0;
    for (Kind k : values()) sum += k.chaosWeight;
    int at = random.nextInt(sum);
    for (Kind k : values()) {
      at -= k.chaosWeight;
      if (at < 0) return k;
    }
    throw new AssertionError();
  }

  /** One of them, a twentieth of them faults, without those that take long. */
  static Kind ofSoak(Random random) {
    boolean fault = random.nextInt(20) == 0;
    int sum = 0;
    for (Kind k : values()) if (fault == (k.may != May.ANSWER)) sum += k.soakWeight;
    int at = random.nextInt(sum);
    for (Kind k : values()) {
      if (fault != (k.may != May.ANSWER)) continue;
      at -= k.soakWeight;
      if (at < 0) return k;
    }
    throw new AssertionError();
  }
}
