package wsp.server.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.address.AddressRange;
import wsp.envelope.Headers;
import wsp.server.listener.Remote;

class ForwardingTest {
  private static final Headers FORGED =
      Headers.of(
          "Host", "wsp.test",
          "X-Forwarded-For", "1.2.3.4",
          "x-forwarded-proto", "https",
          "X-Forwarded-Host", "a.test",
          "X-FORWARDED-PORT", "443",
          "Forwarded", "for=1.2.3.4",
          "X-Other", "kept");

  private static Forwarding forwarding(boolean add) {
    return new Forwarding(
        List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")), add, "");
  }

  private static Remote from(String address) throws UnknownHostException {
    return new Remote(InetAddress.getByName(address), 5555, false);
  }

  @Test
  void fromAnybodyTheFieldsAreDropped() throws Exception {
    Headers passed = forwarding(false).passedOn(FORGED, from("192.0.2.1"));
    assertEquals(Headers.of("Host", "wsp.test", "X-Other", "kept"), passed);
    Headers plain = Headers.of("A", "b");
    assertSame(plain, forwarding(false).passedOn(plain, from("192.0.2.1")));
  }

  @Test
  void fromATrustedProxyTheyArePassedOn() throws Exception {
    for (String proxy : List.of("10.1.2.3", "::1"))
      assertSame(FORGED, forwarding(false).passedOn(FORGED, from(proxy)));
  }

  @Test
  void otherSpellingsAreDroppedToo() throws Exception {
    Headers forged =
        Headers.of("X_Forwarded_For", "1.2.3.4", "x-forwarded_proto", "https", "X-Real-IP", "1");
    assertEquals(Headers.EMPTY, forwarding(false).passedOn(forged, from("192.0.2.1")));
    assertEquals(
        Headers.of("X-Real-IP", "1"), forwarding(false).passedOn(forged, from("10.1.2.3")));
  }

  @Test
  void whatConnectionNamesIsGoneBeforeAnythingIsAdded() throws Exception {
    Headers hop = Headers.of("Connection", "X-Forwarded-For, X-Hop", "X-Hop", "a", "B", "b");
    Headers passed = forwarding(true).passedOn(hop, from("192.0.2.1")).endToEnd();
    assertEquals(List.of("192.0.2.1"), passed.all("X-Forwarded-For"));
    assertFalse(passed.has("X-Hop") || passed.has("Connection"));
    assertEquals("b", passed.first("B"));
  }

  @Test
  void theCallerIsAddedWhereThatIsAsked() throws Exception {
    Headers passed = forwarding(true).passedOn(FORGED, from("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), passed.all("X-Forwarded-For"));
    assertEquals(List.of("http"), passed.all("X-Forwarded-Proto"));
    assertEquals(List.of("wsp.test"), passed.all("X-Forwarded-Host"));
    assertFalse(passed.has("Forwarded"));
    Remote secure = new Remote(InetAddress.getByName("192.0.2.1"), 1, true);
    assertEquals(
        "https", forwarding(true).passedOn(Headers.EMPTY, secure).first("X-Forwarded-Proto"));
  }

  /** RFC 9110 §5.6.1.2: empty elements of a list are none. */
  @ParameterizedTest
  @CsvSource({
    "'1.2.3.4,', '1.2.3.4 through 10.1.2.3:5555', '1.2.3.4,, 10.1.2.3'",
    "', 1.2.3.4 , ', '1.2.3.4 through 10.1.2.3:5555', ', 1.2.3.4 , , 10.1.2.3'",
    "'', 10.1.2.3:5555, 10.1.2.3"
  })
  void emptyElementsNameNobody(String value, String caller, String told) throws Exception {
    Headers sent = Headers.of("X-Forwarded-For", value);
    assertEquals(caller, forwarding(true).caller(from("10.1.2.3"), sent));
    Headers passed = forwarding(true).passedOn(sent, from("10.1.2.3"));
    assertEquals(List.of(told), passed.all("X-Forwarded-For"));
  }

  @ParameterizedTest
  @CsvSource({"2001:db8:0:0:0:0:0:7, 2001:db8::7", "fe80::7%3, fe80::7"})
  void anAddressOfIpv6IsToldAsAllWriteItAndWithoutItsZone(String from, String told)
      throws Exception {
    Forwarding all = new Forwarding(List.of(AddressRange.parse(told)), true, "");
    Headers passed = all.passedOn(Headers.of("Forwarded", "for=1.2.3.4"), from(from));
    assertEquals(List.of("1.2.3.4, " + told), passed.all("X-Forwarded-For"));
    assertEquals(
        List.of("for=1.2.3.4, for=\"[" + told + "]\";proto=http"), passed.all("Forwarded"));
  }

  @Test
  void whatATrustedProxySaysIsExtended() throws Exception {
    Headers passed = forwarding(true).passedOn(FORGED, from("10.1.2.3"));
    assertEquals(List.of("1.2.3.4, 10.1.2.3"), passed.all("X-Forwarded-For"));
    assertEquals(List.of("https"), passed.all("X-Forwarded-Proto"));
    assertEquals(List.of("a.test"), passed.all("X-Forwarded-Host"));
    assertEquals("kept", passed.first("X-Other"));
    assertEquals(
        List.of("for=1.2.3.4, for=10.1.2.3;proto=http;host=\"wsp.test\""), passed.all("Forwarded"));
  }

  /** Whatever a trusted proxy sends, all fields name one caller, scheme and host. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "for=1.2.3.4;proto=https;host=a.test | - | - | 1.2.3.4 | https | a.test | true",
        "For=1.2.3.4; Proto=https , for=10.9.9.9;proto=http | - | - | 1.2.3.4, 10.9.9.9 | https |"
            + " wsp.test | true",
        "for=6.6.6.6;proto=http;host=x, for=1.2.3.4;proto=https;host=a.test | - | - | 6.6.6.6,"
            + " 1.2.3.4 | https | a.test | true",
        "for=\"[2001:DB8::1]:80\" | - | - | 2001:db8::1 | http | wsp.test | true",
        "for=[2001:db8::1] | - | - | 2001:db8::1 | http | wsp.test | true",
        "for=1.2.3.4:80 | - | - | 1.2.3.4 | http | wsp.test | true",
        "for=_hidden;by=x | - | - | _hidden | http | wsp.test | true",
        "for=\"9.9.9.9, 8.8.8.8\" | - | - | unknown | http | wsp.test | true",
        "for=1.2.3.4;host=\"a, b\";proto=\"x y\" | - | - | 1.2.3.4 | http | wsp.test | true",
        "for=1.2.3.4;proto=https | - | http | 1.2.3.4 | https | wsp.test | true",
        "for=1.2.3.4;proto=https | - | https | 1.2.3.4 | https | wsp.test | true",
        "for=6.6.6.6;proto=https | 1.2.3.4 | - | 1.2.3.4 | http | wsp.test | false",
        "for=1.2.3.4;proto=https | 1.2.3.4 | http | 1.2.3.4 | http | wsp.test | false",
        "for=1.2.3.4;proto=https | 1.2.3.4 | https | 1.2.3.4 | https | wsp.test | true",
        "proto=https | 1.2.3.4 | - | 1.2.3.4 | http | wsp.test | false",
        "for=1.2.3.4;for=5.6.7.8 | - | - | - | http | wsp.test | false",
        "for=\"1.2.3.4 | - | - | - | http | wsp.test | false",
        "nonsense | - | - | - | http | wsp.test | false",
        "for= | - | - | - | http | wsp.test | false",
        "'' | - | - | - | http | wsp.test | false"
      })
  void anOriginIsToldOneStory(
      String forwarded,
      String xFor,
      String xProto,
      String hops,
      String proto,
      String host,
      boolean both)
      throws Exception {
    Headers.Builder sent = new Headers.Builder().add("Host", "wsp.test");
    sent.add("Forwarded", forwarded);
    if (xFor != null) sent.add("X-Forwarded-For", xFor);
    if (xProto != null) sent.add("X-Forwarded-Proto", xProto);
    Headers passed = forwarding(true).passedOn(sent.build(), from("10.1.2.3"));
    String expected = hops == null ? "10.1.2.3" : hops + ", 10.1.2.3";
    assertEquals(List.of(expected), passed.all("X-Forwarded-For"));
    assertEquals(List.of(proto), passed.all("X-Forwarded-Proto"));
    assertEquals(List.of(host), passed.all("X-Forwarded-Host"));
    String own = ", for=10.1.2.3;proto=http;host=\"wsp.test\"";
    assertEquals(both ? List.of(forwarded + own) : List.of(), passed.all("Forwarded"));
    Headers only = forwarding(false).passedOn(sent.build(), from("10.1.2.3"));
    assertEquals(both ? List.of(forwarded) : List.of(), only.all("Forwarded"));
  }

  @Test
  void viaIsAddedWhereItHasAName() {
    Headers came = Headers.of("Via", "1.0 first", "A", "b");
    assertSame(came, forwarding(true).withVia(came, true));
    Forwarding named = new Forwarding(List.of(), false, "wsp");
    assertEquals(List.of("1.0 first", "1.1 wsp"), named.withVia(came, true).all("Via"));
    assertEquals(List.of("1.0 wsp"), named.withVia(Headers.EMPTY, false).all("Via"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | X-Forwarded-For | 1.2.3.4 | 192.0.2.1:5555",
        "10.1.2.3 | X-Forwarded-For | 1.2.3.4 | 1.2.3.4 through 10.1.2.3:5555",
        "10.1.2.3 | X-Forwarded-For | 6.6.6.6, 1.2.3.4 | 1.2.3.4 through 10.1.2.3:5555",
        "10.1.2.3 | X-Forwarded-For | 1.2.3.4, 10.9.9.9 | 1.2.3.4 through 10.1.2.3:5555",
        "10.1.2.3 | X-Forwarded-For | 10.8.8.8, 10.9.9.9 | 10.8.8.8 through 10.1.2.3:5555",
        "10.1.2.3 | X-Forwarded-For | 1.2.3.4, unknown | unknown through 10.1.2.3:5555",
        "10.1.2.3 | X-Forwarded-For | '' | 10.1.2.3:5555",
        "10.1.2.3 | Forwarded | for=1.2.3.4;proto=https | 1.2.3.4 through 10.1.2.3:5555",
        "10.1.2.3 | Forwarded | by=a; For=\"[2001:db8::1]:80\" | [2001:db8::1]:80 through"
            + " 10.1.2.3:5555",
        "10.1.2.3 | A | b | 10.1.2.3:5555",
        "2001:db8::7 | A | b | [2001:db8::7]:5555"
      })
  void theCallerIsWhomTheLastTrustedProxyNames(
      String from, String name, String value, String expected) throws Exception {
    assertEquals(expected, forwarding(false).caller(from(from), Headers.of(name, value)));
  }
}
