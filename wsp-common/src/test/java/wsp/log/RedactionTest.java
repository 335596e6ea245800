package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://al:hush@a.test/ | http://***@a.test/",
        "to wss://hush@a.test/register: refused | to wss://***@a.test/register: refused",
        "HTTPS://al:hu@sh@a.test | HTTPS://***@a.test",
        "http:al:hush@a.test | http:***@a.test",
        "ftp://al:hush@a.test/ | ftp://***@a.test/",
        "//al:hush@a.test/ | //al:***@a.test/",
        "http://al:hush%40a.test/ | http://***%40a.test/",
        "[GET] al:hu:sh@a.test:80 526 | [GET] al:***@a.test:80 526",
        "http://a/?u=ftp://x:hush@b/ | http://a/?u=ftp://***@b/",
        "http:/al:hush@a.test | http:/***@a.test",
        "http:///al:hush@a.test/ | http:///***@a.test/",
        "http:\\\\al:hush@a.test/ | http:\\\\***@a.test/",
        "http://al:hu\\sh@a.test/ | http://***@a.test/",
        "xhttp://al:hush@a.test/ | xhttp://***@a.test/",
        "http://x:hush@a/ and ws://y:hush@b/ | http://***@a/ and ws://***@b/",
        "http://al:hushhu… | http://***…",
      })
  void userinfoIsTakenOut(String text, String expected) {
    assertEquals(expected, Redaction.urls(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "access_token",
        "ID_Token",
        "key",
        "api_key",
        "apikey",
        "X-Api-Key",
        "secret",
        "client_secret",
        "password",
        "passwd",
        "pwd",
        "signature",
        "X-Amz-Signature",
        "X-Amz-Credential",
        "sig",
        "auth",
        "authorization",
        "code",
        "jwt",
        "sessionid",
        "%74oken",
      })
  void valuesOfSecretParametersAreTakenOut(String name) {
    String text = "http://a.test/p?x=1&" + name + "=hush%20/?hush&y=2 failed";
    String expected = "http://a.test/p?x=1&" + name + "=***&y=2 failed";
    assertEquals(expected, Redaction.urls(text));
    assertEquals("/p?" + name + "=***", Redaction.urls("/p?" + name + "=hush"));
    assertEquals("/p#" + name + "=***#x", Redaction.urls("/p#" + name + "=hush#x"));
  }

  @Test
  void aParameterMayHoldAnotherUrl() {
    assertEquals(
        "http://a/?u=http://***@b/?token=***&v=1",
        Redaction.urls("http://a/?u=http://x:hush@b/?token=hush&v=1"));
    assertEquals("http://a/?http://***@b/", Redaction.urls("http://a/?http://x:hush@b/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no URL in here: nothing; to do = nothing",
        "http://a.test/@user/x?page=2&monk=3",
        "http://a.test/?token&x=1",
        "http://a.test/?token=&x=1",
        "mail al@a.test",
        "http://a.test/v2/app:1@sha256:00",
        "[GET] http://a.test:8080/ 200 1.2s (key=5)",
      })
  void anythingElseStays(String text) {
    assertSame(text, Redaction.urls(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:", "http://@", "?token=", "&", "?x", "@", "ws:…"})
  void timeIsLinear(String piece) {
    String text = piece.repeat(200_000);
    assertTimeout(Duration.ofSeconds(5), () -> Redaction.urls(text));
  }
}
