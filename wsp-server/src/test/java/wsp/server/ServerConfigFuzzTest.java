package wsp.server;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.JsonPrint;
import wsp.testing.SecretInput;
import wsp.testing.Seeds;

/**
 * Whatever stands in a configuration file, it is taken, or refused with one line; and neither that
 * line nor the print at the start has a secret in it. Here for the seeds; under the profile {@code
 * fuzz} a fuzzer looks for more. The first byte of the input says how the secret is written, the
 * rest is what follows it in the file.
 */
public class ServerConfigFuzzTest {
  /** As it is meant, and with all the slips that make something else of it in YAML. */
  private static final List<String> WRITTEN =
      List.of(
          "secretkey: $\n",
          "secretkey: '$'\n",
          "secretkey: \"$\"\n",
          "SecretKey:$\n",
          "secretkey: *$\n",
          "secretkey: &$\n",
          "secretkey: !$\n",
          "secretkey: !$ x\n",
          "secretkey: [$\n",
          "secretkey: {$\n",
          "secretkey: {$: a}\n",
          "secretkey: @$\n",
          "secretkey: %$\n",
          "secretkey: `$\n",
          "secretkey: |$\n",
          "secretkey: |\n  $\n",
          "secretkey: $: $\n",
          "secretkey: \"\\$\"\n",
          "secretkey: '$\n",
          "secretkey:\n  - $\n",
          "secretkey:\n  $: x\n",
          "secretkeyy: $\n",
          "secretkey: $\nSECRETKEY: $\n",
          "blacklist:\n  - headers:\n      Authorization: '$('\n",
          "whitelist:\n  - headers: {Cookie: $, X-Token: '$'}\n",
          "blacklist: [{headers: {X-Secret-Key: '*$'}}]\n",
          "? secretkey\n: - &$ $\n",
          "%$\nsecretkey: $\n",
          "secretkey: !!$ $\n",
          "secretkey: !<$> $\n",
          "secretkey: \t$\n");

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) throws Exception {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    SecretInput.isKept(input, WRITTEN, "", ServerConfigFuzzTest::print);
  }

  private static String print(String yaml) throws ConfigException {
    return JsonPrint.indented(ServerConfig.of(ConfigFile.parse("f.cfg", yaml)).effective());
  }
}
