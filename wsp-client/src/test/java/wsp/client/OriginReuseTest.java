package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request a connection to an origin carries after another one. */
@Timeout(60)
class OriginReuseTest {
  @AutoClose private ClientFixture fixture;
  private Peer peer;

  @BeforeEach
  void connect() throws Exception {
    fixture = new ClientFixture();
    peer = fixture.healthy();
  }

  /** The connection on which the request came. */
  private Socket get(String path, String... fields) throws IOException {
    peer.get(fixture.origin.url(path), fields);
    assertEquals(200, peer.answer().head().status());
    return fixture.origin.last(path).socket;
  }

  @Test
  void whatIsKeptServesTheNextRequest() throws Exception {
    assertSame(get("/ok"), get("/ok"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NTLM", "Basic realm=x, negotiate", "Basic realm=x\r\nWWW-Authenticate: Ntlm"})
  void aConnectionThatAnOriginMayAuthenticateIsNotUsedAgain(String challenge) throws Exception {
    fixture.origin.on(
        "/offers",
        r ->
            r.write(
                "HTTP/1.1 401 No\r\nContent-Length: 0\r\nWWW-Authenticate: "
                    + challenge
                    + "\r\n\r\n"));
    peer.get(fixture.origin.url("/offers"));
    assertEquals(401, peer.answer().head().status());
    assertNotSame(fixture.origin.last("/offers").socket, get("/ok"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NTLM TlRMTVNTUAADAAAA", "negotiate YIIabc="})
  void aConnectionThatACallerMayHaveAuthenticatedServesNobodyElse(String credentials)
      throws Exception {
    Socket before = get("/ok");
    assertSame(before, get("/ok", "Authorization", credentials), "a clean one will do");
    assertNotSame(before, get("/ok"));
  }

  @Test
  void credentialsThatComeWithEachRequestBindNothing() throws Exception {
    assertSame(get("/ok"), get("/ok", "Authorization", "Basic YTpi"));
    assertSame(fixture.origin.last("/ok").socket, get("/ok", "Authorization", "Bearer abc"));
  }
}
