package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  private final HostCheck loopback = new HostCheck(true, "127.0.0.1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:9090",
        "localhost:",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:9090"
      })
  void itsOwnNamesAreGoodOnLoopback(String host) {
    assertTrue(loopback.allows(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":9090",
        "evil.example",
        "evil.example:9090",
        "localhost.evil.example",
        "localhost@evil.example",
        "localhost:9090.evil.example",
        "localhost:80:80",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "2130706433",
        "::1",
        "[::1",
        "[::1]x:9090",
        "localhost "
      })
  void anyOtherNameMayBeThatOfSomebodysPage(String host) {
    assertFalse(loopback.allows(host));
  }

  @Test
  void noNameAtAllDoesNotComeFromABrowser() {
    assertTrue(loopback.allows(null));
  }

  @Test
  void whatTheConfigurationCallsItIsItsNameToo() {
    assertTrue(new HostCheck(true, "Loop.example").allows("loop.EXAMPLE:9090"));
    assertTrue(new HostCheck(true, "0:0:0:0:0:0:0:1").allows("[0:0:0:0:0:0:0:1]:9090"));
  }

  @Test
  void beyondLoopbackItsNamesAreNotKnown() {
    assertTrue(new HostCheck(false, "0.0.0.0").allows("wsp.internal:9090"));
  }
}
