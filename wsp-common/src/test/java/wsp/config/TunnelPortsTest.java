package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelPortsTest {
  private static TunnelPorts ports(String value) throws ConfigException {
    return TunnelPorts.read(ConfigFile.parse("test.cfg", "tunnelports: " + value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0 | none",
        "none | 0 | none",
        "[] | 0 | none",
        "22 | 1 | 22",
        "[22] | 1 | 22",
        "'22-24' | 3 | 22-24",
        "[443, 8000-8100, 8050] | 102 | 443, 8000-8100, 8050",
        "[1, 65535] | 2 | 1, 65535",
        "1-65535 | 65535 | 1-65535",
        "all | 65535 | all",
        "ALL | 65535 | all"
      })
  void portsAndRangesAndWords(String value, int many, String text) throws Exception {
    TunnelPorts ports = ports(value);
    assertEquals(many, IntStream.rangeClosed(0, 65_536).filter(ports::has).count());
    assertEquals(text, ports.toString());
    assertEquals(many == 0, ports.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "65536",
        "99999",
        "-1",
        "22-",
        "-22",
        "24-22",
        "0-9",
        "1-65536",
        "022",
        "any",
        "1,2",
        "[22, all]",
        "[none, 22]",
        "[[22]]",
        "{a: 1}",
        "22.5",
        "1-2-3"
      })
  void anythingElseIsAnErrorThatNamesTheKey(String value) {
    ConfigException e = assertThrows(ConfigException.class, () -> ports(value));
    assertTrue(String.valueOf(e.getMessage()).startsWith("test.cfg: tunnelports: "));
  }

  @Test
  void aDenialNamesKeyDaemonAndPort() throws Exception {
    for (String value : List.of("none", "80")) {
      assertFalse(ports(value).has(22));
      String denial = ports(value).denial(22, "wsp-client");
      assertTrue(denial.contains("tunnelports") && denial.contains("wsp-client"), denial);
    }
  }
}
