package wsp.server;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import wsp.config.ConfigException;
import wsp.tls.PemFile;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** A port that speaks TLS, with the JDK's own as the other end. */
abstract class TlsFixture {
  static final Path FILES = Path.of("..", "wsp-common", "src", "test", "resources", "tls");
  static final int MIB = 1 << 20;

  @TempDir Path dir;
  RunningServer server;

  @BeforeEach
  void start() throws Exception {
    use("ec");
    server = new RunningServer(config("", "headertimeout: 1s", "timeout: 300"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
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

  static PemFile pem(String name) {
    return new PemFile("test", FILES.resolve(name));
  }

  static SSLContext trusting(String ca, @Nullable String own) throws ConfigException {
    PemFile chain = own == null ? null : pem(own + ".pem");
    PemFile key = own == null ? null : pem(own + ".key");
    return TlsFiles.client(new TlsSettings(pem(ca), chain, key, false)).context();
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
