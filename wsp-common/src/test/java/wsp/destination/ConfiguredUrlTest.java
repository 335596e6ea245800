package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredUrlTest {
  private static ConfiguredUrl parse(String text) throws InvalidDestinationException {
    return ConfiguredUrl.parse(text, Map.of("ws", 80, "wss", 443));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ws://h | h | h | 80 | h | /",
        "WSS://H/register | h | h | 443 | h | /register",
        "ws://my_server:8080/r | my_server | my_server | 8080 | my_server:8080 | /r",
        "ws://_a_.b_/ | _a_.b_ | _a_.b_ | 80 | _a_.b_ | /",
        "wss://a.test./r | a.test | a.test. | 443 | a.test. | /r",
        "wss://a.test.:443/r | a.test | a.test. | 443 | a.test.:443 | /r",
        "ws://h:/r | h | h | 80 | h | /r",
        "ws://h:80/r | h | h | 80 | h:80 | /r",
        "ws://127.0.0.1:1/ | 127.0.0.1 | 127.0.0.1 | 1 | 127.0.0.1:1 | /",
        "ws://[::1]/ | ::1 | ::1 | 80 | [::1] | /",
        "ws://[0:0::1]:9/ | ::1 | ::1 | 9 | [::1]:9 | /",
        "ws://bücher.test/ | xn--bcher-kva.test | xn--bcher-kva.test | 80 | xn--bcher-kva.test | /",
        "ws://h?a=b | h | h | 80 | h | /?a=b",
        "ws://h/a b|h|h|80|h|/a%20b",
      })
  void aUrlIsRead(
      String text, String host, String lookedUp, int port, String authority, String target)
      throws Exception {
    ConfiguredUrl url = parse(text);
    assertEquals(host, url.host());
    assertEquals(lookedUp, url.lookedUp());
    assertEquals(port, url.port());
    assertEquals(authority, url.authority());
    assertEquals(target, url.requestTarget());
    assertEquals(text.replaceAll("[?].*", "?***"), url.toString());
    assertEquals(null, url.userinfo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ws",
        "ws:",
        "ws:/h",
        "ws://",
        "ws:///r",
        "http://h/",
        "//h/",
        "h",
        "ws://h:0/",
        "ws://h:65536/",
        "ws://h:x/",
        "ws://h/#f",
        "ws://h/%4",
        "ws://h b/",
        "ws://h\\r",
        " ws://h",
        "ws://h\t/",
        "ws://a@b@c/",
        "ws://1.2.3/",
        "ws://0x7f.1/",
        "ws://010.0.0.1/",
        "ws://[::1/",
        "ws://[fe80::1%25lo]/",
        "ws://.h/",
        "ws://h../",
        "ws://a%2eb/",
        "ws://u%4@h/",
        "ws://u%ff@h/",
        "ws://u%00@h/",
        "ws://u x@h/",
      })
  void whatIsNoneIsRefusedWithoutAWordOfIt(String text) {
    InvalidDestinationException e =
        assertThrows(InvalidDestinationException.class, () -> parse(text));
    if (text.length() > 12) assertEquals(-1, e.getMessage().indexOf(text.substring(6)));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://u@h/, u",
    "ws://u:p@h/, u:p",
    "ws://al%40x:p%3Aw%2F@h/, al@x:p:w/",
    "ws://%C3%A9:é@h/, é:é",
    "ws://@h/, ''",
    "ws://u+v:a&b@h/, u+v:a&b",
  })
  void userAndPasswordAreDecoded(String text, String userinfo) throws Exception {
    assertEquals(userinfo, parse(text).userinfo());
    assertEquals("h", parse(text).host());
  }

  @Test
  void twoAreEqualThatLeadToTheSamePlaceInTheSameWay() throws Exception {
    assertEquals(parse("ws://H/r"), parse("WS://h/r"));
    assertEquals(parse("ws://H/r").hashCode(), parse("WS://h/r").hashCode());
    assertNotEquals(parse("ws://h/r"), parse("wss://h/r"));
    assertNotEquals(parse("ws://h/r"), parse("ws://h./r"));
    assertNotEquals(parse("ws://h/r"), parse("ws://h:81/r"));
    assertNotEquals(parse("ws://h/r"), parse("ws://h/s"));
  }
}
