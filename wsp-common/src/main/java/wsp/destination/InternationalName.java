package wsp.destination;

import java.net.IDN;

/**
 * International names in ASCII, as UTS 46 has them (non-transitional), which is what curl, Go and
 * browsers do. The JDK knows IDNA 2003 only: it refuses every character that is younger than
 * Unicode 3.2, and reads 85 others differently. Those are refused here, because the host would be
 * another one, which may belong to another owner: {@code faß.de} is not {@code fass.de}.
 */
final class InternationalName {
  /**
   * First and last of each run of characters that IDNA 2003 and UTS 46 do not map to the same,
   * found by comparing both over all of Unicode: sharp s and final sigma; joiners; capitals that
   * had no small letter in Unicode 3.2; what is invisible; what becomes or contains a dot; five
   * ideographs whose normal form was corrected.
   */
  private static final int[] DIFFERENT = {
    0xdf, 0xdf, 0x3c2, 0x3c2, 0x4c0, 0x4c0, 0x10a0, 0x10c5, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x1806,
    0x1806, 0x200c, 0x200d, 0x2024, 0x2026, 0x2132, 0x2132, 0x2183, 0x2183, 0x2488, 0x249b, 0x3164,
    0x3164, 0x33c2, 0x33c2, 0x33c7, 0x33c7, 0x33d8, 0x33d8, 0xfe30, 0xfe30, 0xfe52, 0xfe52, 0xffa0,
    0xffa0, 0x2f868, 0x2f868, 0x2f874, 0x2f874, 0x2f91f, 0x2f91f, 0x2f95f, 0x2f95f, 0x2f9bf,
    0x2f9bf,
  };

  private InternationalName() {}

  /** In ASCII; mapping may have yielded any character of it. */
  static String toAscii(String name) throws InvalidDestinationException {
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      if (isDifferent(name.codePointAt(i)))
        throw new InvalidDestinationException(
            "the host has a character that not all read alike; write it in ASCII, with xn--");
    }
    try {
      return IDN.toASCII(name);
    } catch (RuntimeException e) {
      // Not only IllegalArgumentException: some malformed names run it out of bounds.
      throw new InvalidDestinationException(
          "the host is not a valid international name, or a newer one than Unicode 3.2;"
              + " write it in ASCII, with xn--");
    }
  }

  static boolean isDifferent(int c) {
    for (int i = 0; i < DIFFERENT.length; i += 2) {
      if (c >= DIFFERENT[i] && c <= DIFFERENT[i + 1]) return true;
    }
    return false;
  }
}
