package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.FakeServer.Answer;

/** What the caller and the origin see of the guard. */
@Timeout(30)
class AddressGuardTest {
  /** Nobody has come to the origin: who comes now is the first. */
  private static void assertUntouched(ScriptedOrigin origin) throws Exception {
    URI url = URI.create(origin.url("/ok"));
    try (Socket first = new Socket(url.getHost(), url.getPort())) {
      first.getOutputStream().write("GET /ok HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', first.getInputStream().read());
    }
    assertEquals(1, origin.connections.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
  void aDeniedAddressIsNeverConnectedTo(String host) throws Exception {
    String denied = "denyaddresses: [127.0.0.0/8, '::1']";
    try (ClientFixture fixture = new ClientFixture(denied)) {
      Peer peer = fixture.server.next();
      String url = fixture.origin.url("/ok").replace("127.0.0.1", host);
      for (int i = 0; i < 2; i++) {
        peer.get(url);
        Answer answer = peer.answer();
        assertEquals(527, answer.head().status());
        assertEquals("wsp-client; error=destination_ip_prohibited", answer.proxyError());
        assertTrue(answer.firstLine().endsWith(" is not allowed"), answer.text());
        assertFalse(host.equals("localhost") && answer.text().contains("127."), answer.text());
      }
      assertUntouched(fixture.origin);
    }
  }

  @Test
  void aBodyThatComesForADeniedAddressIsTakenAndDropped() throws Exception {
    try (ClientFixture fixture = new ClientFixture("denyaddresses: 127.0.0.1")) {
      Peer peer = fixture.server.next();
      for (int i = 0; i < 2; i++) {
        peer.request("POST", fixture.origin.url("/ok"), new byte[300_000]);
        assertEquals(527, peer.answer().head().status());
      }
      assertUntouched(fixture.origin);
    }
  }

  @Test
  void anAddressThatIsNotAmongTheAllowedOnesIsDenied() throws Exception {
    try (ClientFixture fixture = new ClientFixture("allowaddresses: 10.0.0.0/8")) {
      Peer peer = fixture.server.next();
      peer.get(fixture.origin.url("/ok"));
      assertEquals(527, peer.answer().head().status());
      assertUntouched(fixture.origin);
    }
  }

  @Test
  void anAllowedAddressIsConnectedTo() throws Exception {
    try (ClientFixture fixture = new ClientFixture("allowaddresses: 127.0.0.0/8")) {
      fixture.healthy();
    }
  }

  /** Each of the two configurations denies it: the one by its address, the other by a rule. */
  @Test
  void aRequestWhoseEndComesAfterAReloadGoesToNoAddressThatItsOwnOneDenies() throws Exception {
    try (ClientFixture fixture = new ClientFixture("keepalive: 1h")) {
      Peer peer = fixture.healthy();
      fixture.use("denyaddresses: 127.0.0.1");
      peer.envelope("GET", fixture.origin.url("/denied"), 0);
      // By then it has been judged, and has no connection yet: not the one that is kept either.
      peer.frame(Peer.PING, true, new byte[0]);
      assertEquals(Peer.PONG, peer.frame().opcode() & 15);
      fixture.use("blacklist: [url: /denied]");
      peer.binary(new byte[0]);
      assertEquals("wsp-client; error=destination_ip_prohibited", peer.answer().proxyError());
      assertNull(fixture.origin.last("/denied"));
      fixture.works(peer);
    }
  }
}
