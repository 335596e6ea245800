package wsp.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzzed configuration files with a secret in them: the first byte of the input says how the secret
 * is written, the rest is what follows it in the file.
 */
public final class SecretInput {
  private static final String SECRET = "hush5hush";

  private SecretInput() {}

  /** A daemon's reading of the file {@code f.cfg}. */
  public interface Reading {
    /** What it prints at its start; an exception that is checked says why it does not start. */
    String print(String yaml) throws Exception;
  }

  /**
   * The file is taken, or refused with one line, and neither says the secret.
   *
   * @param ways in which the secret, a {@code $}, is written
   * @param targets a line that follows one without targets, unless the first byte is upper case
   */
  public static void isKept(byte[] input, List<String> ways, String targets, Reading reading)
      throws Exception {
    if (input.length == 0) return;
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    String text = new String(rest, StandardCharsets.UTF_8);
    // With the secret in another place as well, it would not be one.
    if (text.contains(SECRET)) return;
    String written = ways.get((input[0] & 0x1f) % ways.size()).replace("$", SECRET);
    boolean alone = input[0] >= 'A' && input[0] <= 'Z';
    if (!written.contains("targets") && !alone) written += targets;
    check(written + text, reading);
  }

  private static void check(String yaml, Reading reading) throws Exception {
    try {
      assertFalse(reading.print(yaml).contains(SECRET), yaml);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      String line = String.valueOf(e.getMessage());
      assertTrue(line.startsWith("f.cfg: "), line);
      assertFalse(line.contains(SECRET), () -> line + "\nfor\n" + yaml);
      assertTrue(line.codePoints().allMatch(SecretInput::isOfOneLine), line);
      assertTrue(line.length() < 1_000 + yaml.length(), line);
    }
  }

  private static boolean isOfOneLine(int c) {
    return !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
  }
}
