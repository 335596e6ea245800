package wsp.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size that may be a part of the heap, as {@code 25%}: what a machine can bear is its heap's. */
public final class HeapShare {
  private static final Pattern PERCENT = Pattern.compile("([1-9][0-9]?)%");
  private static final long LEAST = 64 << 10;

  private HeapShare() {}

  /** The value of a key, in bytes; without it that of the other text. */
  public static long bytes(ConfigFile file, String key, String otherwise) throws ConfigException {
    String text = file.string(key, otherwise);
    Matcher m = PERCENT.matcher(text);
    Long bytes = Units.bytes(text);
    if (m.matches()) bytes = Runtime.getRuntime().maxMemory() / 100 * Integer.parseInt(m.group(1));
    if (bytes == null || (bytes < LEAST && !m.matches()))
      throw file.unexpected(
          key, "a part of the heap, such as 25%, or a size from 64k, such as 16m");
    return file.effective.note(key, bytes);
  }
}
