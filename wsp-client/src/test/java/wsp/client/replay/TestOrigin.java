package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** An origin whose connections a test holds in its hands; with TLS of one version, or without. */
final class TestOrigin implements AutoCloseable {
  private static final Path FILES =
      Path.of("..", "wsp-common", "src", "test", "resources", "tls").toAbsolutePath().normalize();

  /** Trusts any origin. */
  static TlsFiles trusting() throws ConfigException {
    return TlsFiles.client(new TlsSettings(null, null, null, true));
  }

  private static TlsFiles files;

  private final ServerSocket listener;
  private final String version;

  /**
   * @param version as in TLSv1.3, empty for none
   */
  TestOrigin(String version) throws IOException {
    this.version = version;
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(10_000);
  }

  String url() {
    return (version.isEmpty() ? "http" : "https") + "://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  /** One connection. */
  record Line(Socket tcp, Socket top) implements AutoCloseable {
    void send(String text) throws IOException {
      top.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The head of the next request. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      InputStream in = top.getInputStream();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) throw new IOException("the connection ended");
        head.append((char) b);
      }
      return head.toString();
    }

    String body(int bytes) throws IOException {
      return new String(top.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    void reset() throws IOException {
      tcp.setSoLinger(true, 0);
      tcp.close();
    }

    /** Ends TLS and TCP in order, and waits for nobody. */
    void end() throws IOException {
      top.shutdownOutput();
      tcp.close();
    }

    @Override
    public void close() throws IOException {
      tcp.close();
    }
  }

  private static synchronized TlsFiles tls() throws ConfigException {
    if (files == null) {
      String yaml = "{c: ec.pem, k: ec.key, a: ca.pem}";
      ConfigFile config = ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
      files = TlsFiles.server(TlsSettings.ofServer(config, "c", "k", "a"));
    }
    return files;
  }

  Line accept() throws IOException, ConfigException {
    Socket tcp = listener.accept();
    tcp.setSoTimeout(10_000);
    tcp.setTcpNoDelay(true);
    if (version.isEmpty()) return new Line(tcp, tcp);
    SSLSocket top = secure(tcp);
    top.startHandshake();
    return new Line(tcp, top);
  }

  private SSLSocket secure(Socket tcp) throws IOException, ConfigException {
    SSLSocket top = (SSLSocket) tls().context().getSocketFactory().createSocket(tcp, null, false);
    top.setEnabledProtocols(new String[] {version});
    return top;
  }

  /** Demands a certificate of the other side, which has none. */
  void refuse() throws IOException, ConfigException {
    try (Socket tcp = listener.accept()) {
      tcp.setSoTimeout(10_000);
      SSLSocket top = secure(tcp);
      top.setNeedClientAuth(true);
      assertThrows(SSLException.class, top::startHandshake);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
