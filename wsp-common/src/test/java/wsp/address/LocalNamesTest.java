package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

class LocalNamesTest {
  private final LocalNames loopback = LocalNames.of(Set.of("wsp.example.com"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "LOCALHOST:8080",
        "localhost.:8080",
        "app.localhost",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.0.0.2",
        "192.168.1.7:8080",
        "[::1]",
        "[::1]:8080",
        "a",
        "wsp:8080",
        "wsp_1",
        "wsp.local",
        "wsp.INTERNAL:8080",
        "wsp.home.arpa",
        "api.test",
        "wsp.example.com",
        "Wsp.Example.Com:8080",
        "wsp.example.com."
      })
  void aNameThatNoPageOfSomebodyElseCanHaveIsGood(String host) {
    assertTrue(loopback.has(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "evil.example.",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "127.0.0.1.evil.example:8080",
        "127.0.0.256.x",
        "a.wsp.example.com",
        "example.com",
        "notlocal.localx",
        "evil.xlocal",
        "evil.example:80:80",
        "evil.example:999999",
        "localhost:9090.evil.example",
        "[::1].evil.example",
        "[evil.example]",
        "ai.",
        ":8080",
        "xn--1ca.example"
      })
  void anyOtherNameMayBeThatOfSomebodysPage(String host) {
    assertFalse(loopback.has(host));
  }

  @Test
  void noNameAtAllDoesNotComeFromABrowser() {
    assertTrue(loopback.has(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void beyondLoopbackAnyNameIsGood(String host) throws ConfigException {
    assertTrue(LocalNames.of(host, ConfigFile.parse("", "")).has("evil.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
  void onLoopbackItIsNot(String host) throws ConfigException {
    assertFalse(LocalNames.of(host, ConfigFile.parse("", "")).has("evil.example"));
  }

  @Test
  void theHostsFileNamesThisMachine() {
    String text =
        """
        # 127.0.0.1 comment.example.com
        127.0.0.1\tlocalhost wsp.corp.example   Second.Example.COM # third.example.com
        ::1 six.example.com
        192.0.2.7 elsewhere.example.com
        0.0.0.0 advertiser.example.com
        127.0.0.1
        name 127.0.0.1
        \r
          127.0.1.1 indented.example.com\r
        """;
    assertEquals(
        Set.of(
            "localhost",
            "wsp.corp.example",
            "second.example.com",
            "six.example.com",
            "indented.example.com"),
        HostsFile.loopback(text));
  }

  @Test
  void namesOfAHostsFileAreBounded() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) lines.append("127.0.0.1 h").append(i).append(".example\n");
    assertEquals(10_000, HostsFile.loopback(lines.toString()).size());
  }
}
