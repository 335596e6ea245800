package wsp.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A port that speaks TLS, with the JDK's own as the other end. */
abstract class TlsFixture {
  static final Path FILES = Path.of("..", "wsp-common", "src", "test", "resources", "tls");
  static final int MIB = 1 << 20;

  @TempDir Path dir;
  @AutoClose RunningServer server;

  @BeforeEach
  void start() throws Exception {
    use("ec");
    server = new RunningServer(config("", "timeout: 8000"));
  }

  /** Puts a certificate where the server looks for it. */
  void use(String name) throws IOException {
    for (String end : new String[] {".key", ".pem"}) {
      Path copy = Files.copy(FILES.resolve(name + end), dir.resolve("new"));
      Files.move(copy, dir.resolve("server" + end), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  String config(String tls, String... more) {
    return "tls: {certfile: %s/server.pem, keyfile: %s/server.key%s}\n".formatted(dir, dir, tls)
        + String.join("\n", more);
  }

  /** The JDK's own: what TlsFiles gives to clients makes engines alone. */
  static SSLContext trusting(String ca, @Nullable String own) throws Exception {
    KeyStore trusted = empty();
    for (Certificate c : certificates(ca)) trusted.setCertificateEntry("ca", c);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : keys(own), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keys(String own) throws Exception {
    Certificate[] chain = certificates(own + ".pem").toArray(new Certificate[0]);
    String pem = Files.readString(FILES.resolve(own + ".key")).replaceAll("-----[^-]+-----", "");
    KeyFactory factory = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm());
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));
    KeyStore store = empty();
    store.setKeyEntry("own", factory.generatePrivate(key), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    return keys.getKeyManagers();
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String name) throws Exception {
    try (InputStream in = Files.newInputStream(FILES.resolve(name))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  SSLSocket tls(SSLContext context, String... protocols) throws IOException {
    return tls(context, 0, protocols);
  }

  SSLSocket tls(SSLContext context, int receiveBuffer, String... protocols) throws IOException {
    // Kept first, to be closed first: an SSLSocket that somebody writes to does not close.
    return tls(context, server.kept(RawCaller.connected(server.port(), receiveBuffer)), protocols);
  }

  SSLSocket tls(SSLContext context, Socket plain, String... protocols) throws IOException {
    SSLSocket s =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", 443, true);
    if (protocols.length > 0) s.setEnabledProtocols(protocols);
    return server.kept(s);
  }

  RawCaller caller(String... protocols) throws Exception {
    return new RawCaller(tls(trusting("ca.pem", null), protocols));
  }

  RawPeer peer(String own, String... protocols) throws Exception {
    RawPeer peer = RawPeer.open(tls(trusting("ca.pem", own), protocols));
    peer.text("client_1").awaitPong();
    return peer;
  }

  static void echo(RawPeer.Request r, RawPeer p) throws IOException {
    String body = new String(r.body(), StandardCharsets.UTF_8);
    p.reply(200, r.envelope().method() + " " + body);
  }

  static String status(RawCaller c) throws IOException {
    return c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().text();
  }
}
