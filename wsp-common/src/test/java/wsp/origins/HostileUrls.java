package wsp.origins;

import java.util.Random;

/**
 * Spellings of {@code /admin} by every trick at once, from a seed: some origins read some of them
 * so.
 */
final class HostileUrls {
  private static final String[] NAMES = {
    "a",
    "pub",
    "a;b",
    "a%3bb",
    "",
    "",
    ".",
    "%2e",
    "b%2fc",
    "b%252fc",
    "a%c0%afb",
    "%c0%af",
    "a%5cb",
    "%c0%ae%c0%ae",
    "a%25u002fb",
    "u@x",
    "x:80",
    "x",
    "...",
    "%00",
    "a%3fb",
    "%23",
    "%09",
    "a%0ab",
    "%20",
    "%e9",
    "%ef%bc%8f",
    "..;",
    "admin",
    "%e0%80%af",
    ";",
    "http:",
    "*",
    "%25",
    "a%ff",
    "+",
    "%252b",
    "a.",
    "a%2e"
  };
  private static final String[] SLASHES = {
    "/",
    "/",
    "/",
    "/",
    "/",
    "//",
    "/./",
    ";/",
    ";a=b/",
    "%2f",
    "%2F",
    "%2f%2f",
    "/%2f",
    "%5c",
    "/%5c",
    "%252f",
    "%255c",
    "%c0%af",
    "%25u002f",
    "%ef%bc%8f",
    "/;/",
    "/%2e/",
    "%3b/",
    "%00/",
    "/%09/",
    "\u00b7/"
  };
  private static final String[] PARENTS = {
    "..",
    "..",
    "..",
    "%2e%2e",
    ".%2e",
    "%2E.",
    "%252e%252e",
    ".%252e",
    "..;",
    "..;x",
    "..%3b",
    "%2e%2e;",
    "%c0%ae%c0%ae",
    ".%0a.",
    "..%00",
    "%25u002e.",
    "%ef%bc%8e.",
    "..%09",
    "..%20",
    "..+",
    "+..",
    "..%252b"
  };
  private static final String[] BEGINNINGS = {
    "/",
    "/",
    "/",
    "/pub/",
    "/pub/",
    "/pub/",
    "//",
    "///",
    "//x/",
    "//x:80/",
    "//u@x/",
    "/.//",
    "/%2f",
    "/%5c",
    "/%2f/x/",
    "/;/",
    "/pub/..//",
    "/%09/",
    "/http://x/",
    "/./",
    "/%2e/",
    "//pub/",
    "//x/pub/",
    "////"
  };
  private static final String[] ENDS = {
    "",
    "",
    "/",
    "/x",
    "/x",
    ";a",
    "%00",
    "%3f",
    "%23",
    "%2fx",
    "/..",
    "/%2e%2e/admin",
    "/.",
    "%5cx",
    "%0a",
    "%3b/x",
    "?x",
    "/x?/pub/",
    "%3b",
    "/x/..%2f",
    "%09",
    "//",
    "/../pub/",
    "%252f..",
    "+",
    "%252b/x",
    ".",
    "%2e/x",
    "::$DATA",
    ":$I30:$INDEX_ALLOCATION/x"
  };

  private final Random random;

  /** In how many of twenty places there is no trick. */
  private int plain;

  HostileUrls(long seed) {
    random = new Random(seed);
  }

  private static final String[] PLAIN = {
    "/admin",
    "/admin/x",
    "/pub/../admin/x",
    "/pub/../../admin",
    "/pub/a/../../admin/x",
    "/pub/../admin/../admin/x",
    "/a/../admin/x",
    "/pub/.."
  };

  /** The next request target: the one half from tables, the other one in several disguises. */
  String next() {
    return random.nextBoolean() ? dealt() : disguised();
  }

  private String disguised() {
    String path = PLAIN[random.nextInt(PLAIN.length)];
    Disguise[] all = Disguise.values();
    for (int n = 1 + random.nextInt(7); n > 0; n--)
      path = all[random.nextInt(all.length)].on(path, random);
    return path;
  }

  /** Some have one trick, some have nothing else. */
  private String dealt() {
    plain = random.nextInt(5) * 4;
    StringBuilder target = new StringBuilder(one(BEGINNINGS));
    int names = random.nextInt(4);
    for (int i = 0; i < names; i++) target.append(one(NAMES)).append(one(SLASHES));
    int parents = random.nextBoolean() ? names + 1 : random.nextInt(names + 3);
    for (int i = 0; i < parents; i++) {
      target.append(one(PARENTS)).append(one(SLASHES));
      if (random.nextInt(8) == 0) target.append(one(NAMES)).append(one(SLASHES));
    }
    return target.append(spelt("admin")).append(one(ENDS)).toString();
  }

  private String one(String[] of) {
    return of[random.nextInt(20) < plain ? 0 : random.nextInt(of.length)];
  }

  private String spelt(String name) {
    if (random.nextInt(20) < plain + 4) return name;
    StringBuilder spelt = new StringBuilder();
    for (char c : name.toCharArray()) {
      switch (random.nextInt(16)) {
        case 0 -> spelt.append(String.format("%%%02x", (int) c));
        case 1 -> spelt.append(String.format("%%%02X", (int) c));
        case 2 -> spelt.append(String.format("%%25%02x", (int) c));
        case 3 ->
            spelt.append(String.format("%%25%%%02x%%%02x", (int) hex(c >> 4), (int) hex(c & 15)));
        case 4 -> spelt.append(random.nextInt(8) == 0 ? "%0a" : "").append(c);
        default -> spelt.append(c);
      }
    }
    return spelt.toString();
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }
}
