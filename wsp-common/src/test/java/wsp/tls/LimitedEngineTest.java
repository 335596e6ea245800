package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LimitedEngineTest {
  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
  private TlsFiles ours;
  private TlsFiles theirs;
  private SSLEngine client;
  private SSLEngine server;
  private long now;

  @BeforeEach
  void connect() throws Exception {
    ours = TlsFilesTest.client("xcafile: names-ca.pem");
    theirs =
        TlsFiles.server(
            TlsSettings.ofServer(
                TlsFilesTest.config("{cert: names.pem, key: names.key}"), "cert", "key", "a"));
    connectOnceMore();
  }

  private void connectOnceMore() throws Exception {
    client = ours.context().createSSLEngine("api", 443);
    ours.configure(client);
    server = theirs.context().createSSLEngine();
    theirs.configure(server);
    client.beginHandshake();
    steps(20);
    assertEquals("TLSv1.3", client.getSession().getProtocol());
  }

  private void steps(int n) throws SSLException {
    for (int i = 0; i < n; i++) {
      Handshake.step(client, toServer, toClient);
      Handshake.step(server, toClient, toServer);
    }
  }

  private void askForNewKeys() throws SSLException {
    server.beginHandshake();
    steps(3);
  }

  @Test
  void anEndThatAsksForNewKeysTooOftenIsLeft() throws Exception {
    for (int i = 0; i < LimitedEngine.MOST; i++) askForNewKeys();
    assertThrows(SSLException.class, this::askForNewKeys);
  }

  /** What follows of the server's after its handshake, and whether this side goes on. */
  @ParameterizedTest
  @CsvSource({
    // records, bytes of each, one with data behind each, s between them, all taken, tickets kept
    "100,   200,   false, 0,    true,  false",
    "70,    200,   false, 0,    true,  true",
    "2000,  200,   false, 0,    false, false",
    "5000,  200,   true,  0,    true,  false",
    "20000, 200,   false, 3600, true,  false",
    "200,   40,    false, 0,    true,  false",
    "120,   40,    false, 0,    true,  true",
    "2,     9000,  false, 0,    true,  false",
    "2,     8000,  false, 0,    true,  true",
    "1000,  27,    false, 0,    true,  true",
    "1001,  27,    false, 0,    false, true",
    "1100,  27,    false, 1,    true,  true",
    "1200,  27,    false, 1,    false, true",
    "20000, 27,    false, 10,   true,  true",
    "5000,  27,    true,  0,    true,  true",
  })
  void whatCarriesNothingHasABound(
      int records, int bytes, boolean data, int seconds, boolean taken, boolean kept)
      throws Exception {
    Said said = new Said();
    SSLSessionContext sessions = ours.context().getClientSessionContext();
    LimitedEngine limited = new LimitedEngine(said, sessions, () -> now);
    said.next = new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, bytes, 0);
    limited.unwrap(toClient, toServer);
    boolean all = true;
    for (int i = 0; all && i < records; i++) {
      now += TimeUnit.SECONDS.toNanos(seconds);
      said.next = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, bytes, 0);
      try {
        limited.unwrap(toClient, toServer);
      } catch (SSLException e) {
        all = false;
      }
      said.next = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, 30, 8);
      if (data) limited.unwrap(toClient, toServer);
    }
    assertEquals(taken, all);
    assertEquals(kept, sessions.getSessionTimeout() != LimitedEngine.NO_TICKETS);
  }

  /** If that changes, tickets have to be bounded in another way. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aContextWhoseSessionsLiveTooLongKeepsNoTickets(boolean kept) throws Exception {
    ours = TlsFilesTest.client("xcafile: names-ca.pem");
    SSLSessionContext sessions = ours.context().getClientSessionContext();
    if (!kept) sessions.setSessionTimeout(LimitedEngine.NO_TICKETS);
    connectOnceMore();
    assertEquals(kept ? 2 : 1, Collections.list(sessions.getIds()).size());
  }

  /** An engine that has what it is told. */
  private final class Said extends ForwardingEngine {
    private SSLEngineResult next;

    Said() {
      super(client);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) {
      return next;
    }
  }

  @Test
  void whatCarriesBytesDoesNotCount() throws Exception {
    for (int i = 0; i < 2 * LimitedEngine.MOST; i++) {
      client.wrap(ByteBuffer.allocate(1), toServer);
      steps(1);
    }
    askForNewKeys();
  }
}
