package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wsp.client.FakeServer.Answer;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.testing.Await;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** Certificates are those of wsp-common, made by make.sh there. */
@Timeout(60)
class OriginTlsTest {
  private static final Path FILES =
      Path.of("..", "wsp-common", "src", "test", "resources", "tls").toAbsolutePath().normalize();
  static final String TRUST = "origincafile: " + FILES.resolve("ca.pem");

  private final AtomicReference<String> peerName = new AtomicReference<>("");
  private SSLServerSocket listener;
  private ServerSocket plain;

  @AfterEach
  void close() throws IOException {
    listener.close();
    if (plain != null) plain.close();
  }

  /** An origin with one of the certificates, which answers every connection once. */
  String origin(String certificate) throws Exception {
    String yaml = "{c: %s.pem, k: %s.key, a: ca.pem}".formatted(certificate, certificate);
    ConfigFile config = ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
    TlsFiles tls = TlsFiles.server(TlsSettings.ofServer(config, "c", "k", "a"));
    listener = (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket(0);
    listener.setWantClientAuth(true);
    FakeServer.start(this::accept);
    return "https://localhost:" + listener.getLocalPort() + "/";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        socket.startHandshake();
        peerName.set(name(socket));
        while (socket.getInputStream().read() != '\n') continue;
        socket.getOutputStream().write(ANSWER);
      } catch (IOException e) {
        // The client does not trust this one, or the test is over.
      }
    }
  }

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"
          .getBytes(StandardCharsets.US_ASCII);

  private static String name(SSLSocket socket) {
    try {
      return socket.getSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  static Answer get(String url, String... configuration) throws Exception {
    try (ClientFixture fixture = new ClientFixture(configuration)) {
      Peer peer = fixture.server.next();
      peer.get(url);
      return peer.answer();
    }
  }

  private static void assertUntrusted(Answer answer) {
    assertEquals(527, answer.head().status());
    assertEquals("wsp-client; error=tls_certificate_error", answer.proxyError());
  }

  @Test
  void anOriginOfTheOwnAuthorityIsTrustedAndSeesNoCertificate() throws Exception {
    assertEquals("fine", get(origin("rsa"), TRUST).text());
    assertEquals("nobody", peerName.get());
  }

  @Test
  void withoutTheFileOnlyTheSystemsAuthoritiesAreTrusted() throws Exception {
    assertUntrusted(get(origin("rsa")));
  }

  @Test
  void anOriginOfAnotherAuthorityIsNotTrusted() throws Exception {
    assertUntrusted(get(origin("stranger"), TRUST));
  }

  @Test
  void anOriginOfAnotherNameIsNotTrusted() throws Exception {
    assertUntrusted(get(origin("elsewhere"), TRUST));
  }

  @Test
  void anAddressIsVerifiedToo() throws Exception {
    assertEquals("fine", get(origin("ec").replace("localhost", "127.0.0.1"), TRUST).text());
  }

  @Test
  void insecureTakesAnybody() throws Exception {
    assertEquals("fine", get(origin("elsewhere"), "origininsecure: true").text());
  }

  @Test
  void anOriginThatAsksSeesTheCertificate() throws Exception {
    String own =
        "origincertfile: %s/client.pem\noriginkeyfile: %s/client.key".formatted(FILES, FILES);
    assertEquals("fine", get(origin("rsa"), TRUST, own).text());
    assertTrue(peerName.get().contains("WSP test client"), peerName.get());
  }

  /** Answers once without a length, and ends TLS before TCP, or not. */
  String endless(boolean endsTls) throws Exception {
    String yaml = "{c: ec.pem, k: ec.key, a: ca.pem}";
    ConfigFile config = ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
    TlsFiles tls = TlsFiles.server(TlsSettings.ofServer(config, "c", "k", "a"));
    plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FakeServer.start(
        () -> {
          try (Socket tcp = plain.accept()) {
            SSLSocket socket =
                (SSLSocket) tls.context().getSocketFactory().createSocket(tcp, null, false);
            while (socket.getInputStream().read() != '\n') continue;
            socket
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\n\r\npart".getBytes(StandardCharsets.US_ASCII));
            if (endsTls) socket.close();
            else tcp.shutdownOutput();
          } catch (IOException e) {
            // The client has left.
          }
        });
    return "https://localhost:" + plain.getLocalPort() + "/";
  }

  @Test
  void anAnswerThatEndsWithItsConnectionIsWholeOnlyWithTheEndOfTls() throws Exception {
    origin("rsa");
    assertEquals("part", get(endless(true), TRUST).text());
    assertThrows(IOException.class, () -> get(endless(false), TRUST));
  }

  @Test
  void filesThatChangeAreReadAgain(@TempDir Path dir) throws Exception {
    Path trusted = Files.copy(FILES.resolve("other-ca.pem"), dir.resolve("trusted.pem"));
    String url = origin("rsa");
    try (ClientFixture fixture = new ClientFixture("origincafile: " + trusted)) {
      Peer peer = fixture.server.next();
      peer.get(url);
      assertUntrusted(peer.answer());
      Path made = Files.copy(FILES.resolve("ca.pem"), dir.resolve("new.pem"));
      Files.move(made, trusted, StandardCopyOption.REPLACE_EXISTING);
      Await.until(
          "the new authority is trusted",
          Duration.ofSeconds(20),
          () -> {
            peer.get(url);
            return peer.answer().head().status() == 200;
          });
    }
  }

  @Test
  void aClientDoesNotStartWithFilesItCannotUse() throws Exception {
    origin("rsa");
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> ClientFixture.client("ws://127.0.0.1:1/", "origincafile: /none.pem"));
    assertEquals("test.cfg: origincafile: there is no such file: /none.pem", e.getMessage());
  }
}
