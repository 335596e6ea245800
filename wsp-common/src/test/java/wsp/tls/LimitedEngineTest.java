package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LimitedEngineTest {
  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
  private SSLEngine client;
  private SSLEngine server;

  @BeforeEach
  void connect() throws Exception {
    TlsFiles ours = TlsFilesTest.client("xcafile: names-ca.pem");
    TlsFiles theirs =
        TlsFiles.server(
            TlsSettings.ofServer(
                TlsFilesTest.config("{cert: names.pem, key: names.key}"), "cert", "key", "a"));
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

  @Test
  void whatCarriesBytesDoesNotCount() throws Exception {
    for (int i = 0; i < 2 * LimitedEngine.MOST; i++) {
      client.wrap(ByteBuffer.allocate(1), toServer);
      steps(1);
    }
    askForNewKeys();
  }
}
