package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.ClientScope;
import wsp.server.keys.KeyDigest;
import wsp.server.keys.NamedKey;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.tunnel.v2.Windows;

class RegisterTermsTest {
  private static final LinkSettings LINKS =
      LinkSettings.of(1 << 20, new Windows(1 << 20), Duration.ofMinutes(1));

  /** It may greet as a, and offer red. */
  private static final NamedKey NARROW =
      new NamedKey("narrow", KeyDigest.of("narrow"), new ClientScope(List.of("a"), List.of("red")));

  /** An id of another entry is no label; a list of one's own says otherwise. */
  @ParameterizedTest
  @CsvSource({
    "one, b, true",
    "one, 'red,b', true",
    "one, a, false",
    "one, 'red,a', false",
    "two, a, true",
    "two, b, false",
    "two, c, true",
    "all, a, false",
    "all, b, false",
    "all, d, true",
    "listed, a, true",
    "listed, b, false",
  })
  void aLabelIsNotTheIdOfAnother(String name, String labels, boolean may) {
    List<NamedKey> keys =
        List.of(
            new NamedKey("one", KeyDigest.of("1"), new ClientScope(List.of("b"), null)),
            new NamedKey("two", KeyDigest.of("2"), new ClientScope(List.of("a"), null)),
            new NamedKey("two", KeyDigest.of("3"), new ClientScope(List.of("a", "c"), null)),
            new NamedKey("all", KeyDigest.of("4")),
            new NamedKey("listed", KeyDigest.of("5"), new ClientScope(null, List.of("a"))));
    ClientKeys all = new ClientKeys("", keys);
    NamedKey key = keys.stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
    assertEquals(may, all.mayOffer(key, List.of(labels.split(","))));
    assertEquals(may, all.holds(key, "", List.of(labels.split(","))));
  }

  private static RegisterTerms terms(boolean certificate, @Nullable LinkSettings links) {
    ClientKeys keys = new ClientKeys("secret", List.of(NARROW));
    return new RegisterTerms(keys, certificate, Duration.ofSeconds(10), 3, links);
  }

  /** Fields as {@code name: value; name: value}. */
  private static Headers fields(String text) {
    Headers.Builder all = new Headers.Builder();
    for (String field : text.split(";")) {
      int colon = field.indexOf(':');
      all.add(field.substring(0, colon).trim(), field.substring(colon + 1).trim());
    }
    return all.build();
  }

  private static String words(RegisterTerms.Verdict verdict) {
    return verdict instanceof RegisterTerms.Refused no
        ? no.answer().status() + " " + no.answer().text()
        : "welcome";
  }

  @ParameterizedTest
  @CsvSource({
    // fields                                     cert   shown  greeting  verdict
    "X-Secret-Key: secret,                        false, false, 0, welcome",
    "X-Secret-Key: narrow,                        false, false, 0, welcome",
    "X-Secret-Key: wrong,                         false, false, 0, 526 Invalid X-SECRET-KEY",
    "X-Secret-Key: secret; X-Secret-Key: secret,  false, false, 0, 526 Invalid X-SECRET-KEY",
    "X-Other: secret,                             false, false, 0, 526 Invalid X-SECRET-KEY",
    "X-Secret-Key: secret,                        true,  true,  0, welcome",
    "X-Secret-Key: secret,                        true,  false, 0, 526 A client certificate is"
        + " required",
    "X-Secret-Key: wrong,                         true,  false, 0, 526 Invalid X-SECRET-KEY",
    "X-Secret-Key: secret; Origin: http://o,      false, false, 0, 403 Origin is not allowed",
    "X-Secret-Key: secret; Origin: http://o,      true,  false, 0, 526 A client certificate is"
        + " required",
    "X-Secret-Key: secret,                        false, false, 2, welcome",
    "X-Secret-Key: secret,                        false, false, 3, 503 Too many connections have"
        + " not greeted yet",
    "X-Secret-Key: wrong,                         false, false, 3, 526 Invalid X-SECRET-KEY",
    "X-Secret-Key: narrow; X-Proxy-Labels: blue,  false, false, 0, welcome",
  })
  void theFirstThatIsWrongIsTold(
      String fields, boolean certificate, boolean shown, int greeting, String verdict) {
    assertEquals(verdict, words(terms(certificate, LINKS).judge(fields(fields), shown, greeting)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret | blue, green     | welcome",
        "secret | blue, blue      | 400 X-PROXY-LABELS: at most 16 different words of 1 to 64 token"
            + " characters (RFC 9110) are expected",
        "narrow | red             | welcome",
        "narrow | blue            | 403 This key may not have all of these labels",
        "narrow | red, blue       | 403 This key may not have all of these labels",
      })
  void labelsCountBesideTheirSubprotocol(String key, String labels, String verdict) {
    Headers asked =
        fields(
            "X-Secret-Key: "
                + key
                + "; Sec-WebSocket-Protocol: other, wsp.labels; X-Proxy-Labels: "
                + labels);
    assertEquals(verdict, words(terms(false, LINKS).judge(asked, false, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    // offered        known  answered
    "wsp.2,           true,  wsp.2",
    "wsp.2,           false, ''",
    "'a, wsp.2 , b',  true,  wsp.2",
    "'wsp.2,wsp.labels', true,  wsp.2",
    "'wsp.2,wsp.labels', false, wsp.labels",
    "WSP.2,           true,  ''",
  })
  void versionTwoIsSpokenWhereBothKnowIt(String offered, boolean known, String answered) {
    Headers asked =
        fields("X-Secret-Key: secret; X-Proxy-Labels: red; Sec-WebSocket-Protocol: " + offered);
    Admitted in =
        assertInstanceOf(Admitted.class, terms(false, known ? LINKS : null).judge(asked, false, 0));
    String subprotocol = in.fields().first("Sec-WebSocket-Protocol");
    assertEquals(answered, subprotocol == null ? "" : subprotocol);
    assertEquals(answered.equals("wsp.2"), in.fields().size() > 1);
  }

  @Test
  void aNumberOfVersionTwoThatIsNoneIsRefused() {
    Headers asked =
        fields("X-Secret-Key: secret; Sec-WebSocket-Protocol: wsp.2; X-Proxy-Streams: none");
    assertTrue(words(terms(false, LINKS).judge(asked, false, 0)).startsWith("400 X-PROXY-STREAMS"));
    assertEquals("welcome", words(terms(false, null).judge(asked, false, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    // key   id  shown  cert   stays
    "secret, b,  false, false, true",
    "secret, b,  false, true,  false",
    "secret, b,  true,  true,  true",
    "narrow, a,  false, false, true",
    "narrow, '', false, false, true",
    "narrow, b,  false, false, false",
    "gone,   a,  false, false, false",
  })
  void whoWasAdmittedStaysWhereItStillWouldBe(
      String key, String id, boolean shown, boolean certificate, boolean stays) {
    PoolsFixture f = new PoolsFixture();
    PooledConnection c =
        f.connection(id, new Admitted(new NamedKey("", KeyDigest.of(key)), shown, List.of(), null));
    assertEquals(stays, terms(certificate, null).admit(c));
  }
}
