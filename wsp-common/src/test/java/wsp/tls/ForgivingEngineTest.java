package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says in plain text before it goes on with the handshake. */
@Timeout(30)
class ForgivingEngineTest {
  private static final int TURNS = 50;

  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);

  /** True if the handshake ends well. */
  private boolean goesOn(byte[] before, int piece, String protocol) throws Exception {
    TlsFiles ours = TlsFilesTest.client("xcafile: names-ca.pem");
    SSLEngine client = ours.context().createSSLEngine("api", 443);
    ours.configure(client);
    client.setEnabledProtocols(new String[] {protocol});
    TlsFiles theirs =
        TlsFiles.server(
            TlsSettings.ofServer(
                TlsFilesTest.config("{cert: names.pem, key: names.key}"), "cert", "key", "a"));
    SSLEngine server = theirs.context().createSSLEngine();
    theirs.configure(server);
    client.beginHandshake();
    try {
      Handshake.step(client, toServer, toClient);
      for (int at = 0; at < before.length; at += piece) {
        toClient.put(before, at, Math.min(piece, before.length - at));
        Handshake.step(client, toServer, toClient);
      }
      for (int i = 0; i < TURNS; i++) {
        Handshake.step(server, toClient, toServer);
        Handshake.step(client, toServer, toClient);
      }
    } catch (SSLException e) {
      return false;
    }
    assertEquals(protocol, client.getSession().getProtocol());
    return client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  @ParameterizedTest
  @CsvSource({
    // A warning that the name is not known, in any version of records.
    "15030300020170, true",
    "15030100020170, true",
    // Twice; fatal; another warning; two alerts in one record.
    "1503030002017015030300020170, false",
    "15030300020270, false",
    "15030300020146, false",
    "150303000401700170, false",
  })
  void aWarningOfTheNameEndsNoHandshake(String before, boolean taken) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(before);
    for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"})
      for (int piece = 1; piece <= bytes.length; piece++) {
        toServer.clear();
        toClient.clear();
        assertEquals(taken, goesOn(bytes, piece, protocol), protocol + " in pieces of " + piece);
      }
  }
}
