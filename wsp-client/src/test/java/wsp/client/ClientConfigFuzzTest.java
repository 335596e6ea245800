package wsp.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.JsonPrint;

/**
 * Whatever stands in a configuration file, it is taken, or refused with one line; and neither that
 * line nor the print at the start has a secret in it. Here for the seeds; under the profile {@code
 * fuzz} a fuzzer looks for more. The first byte of the input says how the secret is written, the
 * rest is what follows it in the file; an upper-case letter leaves the targets to it.
 */
public class ClientConfigFuzzTest {
  private static final String SECRET = "hush5hush";

  /** As it is meant, and with all the slips that make something else of it in YAML. */
  private static final List<String> WRITTEN =
      List.of(
          "secretkey: $\n",
          "secretkey: '$'\n",
          "secretkey: \"$\"\n",
          "SecretKey:$\n",
          "targets: ws://u:$@h/register\n",
          "targets: [ws://$@h]\n",
          "targets: 'ws://u:$/x@h/'\n",
          "targets: 'ws://u:$?x@h/'\n",
          "targets: 'ws:/u:$@h/'\n",
          "targets: 'u:$@h'\n",
          "targets: 'WSS://u:a@$@h'\n",
          "targets: {ws://u:$@h: x}\n",
          "targets: ws://u:$@h:99999/\n",
          "targets: ws://u:$@[h/\n",
          "targets: 'ws://u:$%@h/'\n",
          "targets: 'ws://u:$\\@h/'\n",
          "blacklist:\n  - headers:\n      Authorization: '$('\n",
          "whitelist:\n  - headers: {Cookie: $, X-Token: '$'}\n",
          "blacklist: [{headers: {X-Secret-Key: '*$'}}]\n");

  static Stream<Path> seeds() throws IOException {
    return Files.list(Path.of("src/test/resources/fuzz/client-config"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsOfTheSeed(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    String text = new String(rest, StandardCharsets.UTF_8);
    // With the secret in another place as well, it would not be one.
    if (text.contains(SECRET)) return;
    String written = WRITTEN.get((input[0] & 0x1f) % WRITTEN.size()).replace("$", SECRET);
    if (!written.contains("targets") && !Character.isUpperCase(input[0]))
      written += "targets: ws://h/register\n";
    check(written + text);
  }

  private static void check(String yaml) {
    try {
      ClientConfig config = ClientConfig.of(ConfigFile.parse("f.cfg", yaml));
      assertFalse(JsonPrint.indented(config.effective()).contains(SECRET), yaml);
    } catch (ConfigException e) {
      String line = e.getMessage();
      assertTrue(line.startsWith("f.cfg: "), line);
      assertFalse(line.contains(SECRET), () -> line + "\nfor\n" + yaml);
      assertTrue(line.codePoints().allMatch(ClientConfigFuzzTest::isOfOneLine), line);
      assertTrue(line.length() < 1_000 + yaml.length(), line);
    }
  }

  private static boolean isOfOneLine(int c) {
    return !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
  }
}
