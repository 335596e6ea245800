package wsp.chaos;

import java.util.Locale;
import java.util.Random;

/**
 * One request.
 *
 * @param id no other has it
 * @param up bytes of its body, the {@link Payload} of its id
 * @param down bytes of its answer, the {@link Payload} of its {@link #answerId}
 */
record Task(long id, Kind kind, int up, int down) {
  private static final int MIB = 1 << 20;

  /** With sizes by chance, small ones where many are asked for. */
  static Task random(long id, Kind kind, Random random, boolean small) {
    int up = kind.hasUpload() ? random.nextInt(small ? 2000 : 60_000) + 2 : 0;
    if (kind.isRaw()) up = random.nextInt(small ? 10_000 : MIB) + 2;
    int down =
        switch (kind) {
          case DOWNLOAD -> random.nextInt(6 * MIB) + MIB;
          case TUNNEL, UPGRADE, CUT_TUNNEL -> random.nextInt(small ? 10_000 : MIB) + 2;
          case SLOW_READER -> random.nextInt(3 * MIB) + MIB;
          case CALLER_LEAVES_IN_BODY -> small ? 300_000 : 6 * MIB;
          default -> random.nextInt(small ? 1000 : 20_000) + 2;
        };
    if (kind == Kind.EARLY_ANSWER) up = 200_000;
    return new Task(id, kind, up, down);
  }

  static Task parse(String target) {
    String[] parts = target.split("/");
    return new Task(
        Long.parseLong(parts[2]),
        Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]));
  }

  String target() {
    return "/" + kind.path() + "/" + id + "/" + up + "/" + down;
  }

  /** The number whose payload the answer is. */
  long answerId() {
    return ~id;
  }
}
