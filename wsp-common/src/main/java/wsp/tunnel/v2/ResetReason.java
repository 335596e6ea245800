package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wsp.tunnel.Reset;

/** The reasons of a reset frame: one byte, and a text of 1 KiB at most. */
final class ResetReason {
  static final int MAX_TEXT = 1024;
  private static final int MAX_WORDS = 300;

  private ResetReason() {}

  static byte[] encode(Reset why, String words) {
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[1 + Math.min(MAX_TEXT, text.length)];
    all[0] = code(why);
    System.arraycopy(text, 0, all, 1, all.length - 1);
    return all;
  }

  private static byte code(Reset why) {
    return switch (why) {
      case CANCELLED, STALLED, NO_MEMORY, LOST -> 0;
      case REFUSED -> 1;
      case FAILED -> 2;
      case INVALID -> 3;
    };
  }

  static Reset decode(byte code) {
    return switch (code) {
      case 1 -> Reset.REFUSED;
      case 2 -> Reset.FAILED;
      case 3 -> Reset.INVALID;
      default -> Reset.CANCELLED;
    };
  }

  /** The text behind the byte, as far as it is passed on. */
  static String words(ByteBuffer text) {
    String words = StandardCharsets.UTF_8.decode(text).toString();
    return words.substring(0, Math.min(words.length(), MAX_WORDS));
  }
}
