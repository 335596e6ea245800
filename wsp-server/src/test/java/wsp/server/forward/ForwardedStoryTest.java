package wsp.server.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.address.AddressRange;
import wsp.envelope.Headers;
import wsp.server.listener.Remote;

/**
 * A trusted proxy writes one kind of fields, and hands on what its caller, 9.9.9.9, has made up in
 * the other: nothing of that reaches an origin as the word of the proxy.
 */
class ForwardedStoryTest {
  private static final String OF_THE_WAY = "(?i)x-forwarded-.*|forwarded|x-real-ip";

  private static Forwarding forwarding(boolean add) {
    return new Forwarding(List.of(AddressRange.parse("10.0.0.0/8")), add, "");
  }

  private static Remote proxy() throws UnknownHostException {
    return new Remote(InetAddress.getByName("10.1.2.3"), 5555, false);
  }

  /** Lines as they came, with a bar between. */
  private static Headers lines(String text) {
    Headers.Builder fields = new Headers.Builder();
    for (String line : text.split(" \\| ", -1)) {
      String[] field = line.split(": ?", 2);
      if (!line.isEmpty()) fields.add(field[0].strip(), field[1].strip());
    }
    return fields.build();
  }

  private static String told(Headers passed) {
    List<String> told = new ArrayList<>();
    passed.forEach((n, v) -> told.add(n.matches(OF_THE_WAY) ? n + ": " + v : n));
    return String.join(" | ", told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // The proxy writes X-Forwarded-For alone.
        "X-Forwarded-For: 9.9.9.9 | Forwarded: for=9.9.9.9,host=evil; X-Forwarded-For: 9.9.9.9",
        "X-Forwarded-For: 9.9.9.9 | Forwarded: host=evil; X-Forwarded-For: 9.9.9.9",
        "X-Forwarded-For: 9.9.9.9 | Forwarded: for=9.9.9.9;"
            + " X-Forwarded-For: 9.9.9.9 | Forwarded: for=9.9.9.9",
        "X-Forwarded-For: 9.9.9.9 | X-Real-IP: 9.9.9.9;"
            + " X-Forwarded-For: 9.9.9.9 | X-Real-IP: 9.9.9.9",
        "X-Forwarded-For: 9.9.9.9 | X-Real-IP: 10.6.6.6; X-Forwarded-For: 9.9.9.9",
        "X-Forwarded-For: 9.9.9.9 | X-Real-IP: 9.9.9.9 | X-Real-IP: 10.6.6.6;"
            + " X-Forwarded-For: 9.9.9.9",
        "X-Forwarded-For: 9.9.9.9 | X-Real-IP: ; X-Forwarded-For: 9.9.9.9",
        "X-Forwarded-For: unknown | X-Real-IP: no address; X-Forwarded-For: unknown",
        "X-Forwarded-For: 2001:db8:0::7 | X-Real-IP: 2001:db8::7;"
            + " X-Forwarded-For: 2001:db8:0::7 | X-Real-IP: 2001:db8::7",
        "X-Forwarded-For: 9.9.9.9, 10.4.4.4 | X-Real-IP: 9.9.9.9;"
            + " X-Forwarded-For: 9.9.9.9, 10.4.4.4 | X-Real-IP: 9.9.9.9",
        "X-Forwarded-For: 9.9.9.9, 10.4.4.4 | X-Real-IP: 10.4.4.4;"
            + " X-Forwarded-For: 9.9.9.9, 10.4.4.4",
        // It writes Forwarded alone.
        "Forwarded: for=9.9.9.9 | X-Forwarded-Host: evil | X-Forwarded-Proto: https |"
            + " X-Forwarded-Prefix: /evil | X-Forwarded-User: admin; Forwarded: for=9.9.9.9",
        "Forwarded: for=9.9.9.9 | X-Real-IP: 10.6.6.6; Forwarded: for=9.9.9.9",
        "Forwarded: for=9.9.9.9 | X-Real-IP: 9.9.9.9; Forwarded: for=9.9.9.9 | X-Real-IP: 9.9.9.9",
        "Forwarded: for=9.9.9.9 | X-Forwarded-For: ,; Forwarded: for=9.9.9.9",
        "Forwarded: for=9.9.9.9 | X-Forwarded-Port: 444; Forwarded: for=9.9.9.9",
        // It writes neither: these are its own.
        "X-Real-IP: 9.9.9.9 | X-Forwarded-Proto: https;"
            + " X-Real-IP: 9.9.9.9 | X-Forwarded-Proto: https",
        // What cannot be read stands before what the proxy wrote.
        "Forwarded: for=\" | Forwarded: for=9.9.9.9; Forwarded: for=9.9.9.9",
        "Forwarded: for=\", for=9.9.9.9; Forwarded: for=9.9.9.9",
        "Forwarded: x=\", for=\"[2001:db8::1]\"; Forwarded: for=\"[2001:db8::1]\"",
        "Forwarded: nonsense, for=\"_a, b\"; Forwarded: for=\"_a, b\"",
        "Forwarded: for=1.1.1.1 | Forwarded: for= | Forwarded: for=9.9.9.9;"
            + " Forwarded: for=9.9.9.9",
        "Forwarded: for=9.9.9.9 | Forwarded: nonsense; ''",
      })
  void anOriginHearsWhatTheProxyWrote(String sent, String told) throws Exception {
    Headers passed = forwarding(false).passedOn(lines(sent), proxy());
    assertEquals(told.equals("''") ? "" : told, told(passed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=9.9.9.9;host=evil",
        "for=9.9.9.9;proto=https",
        "for=9.9.9.9;by=evil",
        "for=9.9.9.9;user=admin",
        "for=9.9.9.9;host=evil;proto=https"
      })
  void nothingIsMadeOfAForwardedBesideAnotherKind(String forwarded) throws Exception {
    Headers sent = Headers.of("Host", "h", "X-Forwarded-For", "9.9.9.9", "Forwarded", forwarded);
    for (boolean add : new boolean[] {false, true}) {
      Headers passed = forwarding(add).passedOn(sent, proxy());
      assertFalse(passed.has("Forwarded"), passed.toString());
      assertEquals(add ? List.of("h") : List.of(), passed.all("X-Forwarded-Host"));
      assertEquals(add ? List.of("http") : List.of(), passed.all("X-Forwarded-Proto"));
    }
    Headers explicit =
        sent.and(Headers.of("X-Forwarded-Host", "evil", "X-Forwarded-Proto", "https"));
    boolean more = forwarded.contains("by=") || forwarded.contains("user=");
    assertEquals(!more, forwarding(false).passedOn(explicit, proxy()).has("Forwarded"));
  }

  @Test
  void otherHopsOfAForwardedBesideAnotherKindSayNothingMore() throws Exception {
    Headers sent =
        Headers.of(
            "X-Forwarded-For",
            "9.9.9.9, 10.4.4.4",
            "Forwarded",
            "for=9.9.9.9, for=10.4.4.4;host=x");
    assertFalse(forwarding(false).passedOn(sent, proxy()).has("Forwarded"));
  }

  /** RFC 9110 §7.6.1 has Connection for what its sender added: that is not what the proxy did. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For, X-Forwarded-Proto",
        "keep-alive, x-forwarded-for, x_forwarded_proto",
        "close, Forwarded, X-Real-IP, X-Forwarded-Proto, X-Forwarded-For"
      })
  void aCallerCannotNameTheFieldsOfTheProxyInConnection(String connection) throws Exception {
    Headers sent =
        Headers.of(
            "X-Forwarded-For", "9.9.9.9", "X-Forwarded-Proto", "https", "Connection", connection);
    Headers plain = forwarding(false).passedOn(sent, proxy());
    assertEquals("X-Forwarded-For: 9.9.9.9 | X-Forwarded-Proto: https", told(plain));
    Headers added = forwarding(true).passedOn(sent, proxy());
    assertEquals(List.of("9.9.9.9, 10.1.2.3"), added.all("X-Forwarded-For"));
    assertEquals(List.of("https"), added.all("X-Forwarded-Proto"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"for=\"", "for=1.1.1.1;for=2.2.2.2", "nonsense", "for=1.1.1.1, x"})
  void aBadLineOfTheCallerHidesNobody(String bad) throws Exception {
    Headers two = Headers.of("Forwarded", bad, "Forwarded", "for=9.9.9.9");
    Headers one = Headers.of("Forwarded", bad + ", for=9.9.9.9");
    for (Headers sent : List.of(two, one)) {
      assertEquals("9.9.9.9 through 10.1.2.3:5555", forwarding(false).caller(proxy(), sent));
      assertEquals(
          forwarding(false).named(proxy(), Headers.of("X-Forwarded-For", "9.9.9.9")),
          forwarding(false).named(proxy(), sent));
    }
  }

  @Test
  void ofALineOfManyElementsTheLastOnesCount() throws Exception {
    String line = "bad, ".repeat(10_000) + "for=9.9.9.9";
    Headers passed = forwarding(false).passedOn(Headers.of("Forwarded", line), proxy());
    assertEquals("Forwarded: for=9.9.9.9", told(passed));
  }
}
