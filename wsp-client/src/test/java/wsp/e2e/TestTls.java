package wsp.e2e;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import wsp.testing.KeyTool;

/** A certificate for this machine that its peers trust, and TLS whose records leave together. */
final class TestTls {
  final Path certificate;
  final Path key;
  private final SSLContext context;

  TestTls(Path directory) throws IOException {
    try {
      KeyStore store = KeyTool.make(directory.resolve("store.p12"));
      String alias = store.aliases().nextElement();
      Certificate made = store.getCertificate(alias);
      Key secret = store.getKey(alias, KeyTool.PASSWORD.toCharArray());
      certificate = pem(directory.resolve("server.pem"), "CERTIFICATE", made.getEncoded());
      key = pem(directory.resolve("server.key"), "PRIVATE KEY", secret.getEncoded());
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, KeyTool.PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("it", made);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Path pem(Path file, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  /** With the certificate, which its peers trust. */
  SSLContext context() {
    return context;
  }

  /** A connection, and what makes its records leave when there are many, from then on. */
  record Link(Socket socket, Runnable gather) {}

  Link connect(int port) throws IOException {
    Gathering tcp = new Gathering();
    tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return secured(tcp, true);
  }

  private Link secured(Gathering tcp, boolean client) throws IOException {
    SSLSocket s =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, "127.0.0.1", tcp.getPort(), true);
    s.setUseClientMode(client);
    s.startHandshake();
    return new Link(s, () -> tcp.gathers = true);
  }

  /** Takes connections, which are to be secured by {@link #accepted}. */
  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 100, InetAddress.getLoopbackAddress()) {
      @Override
      public Socket accept() throws IOException {
        Socket s = new Gathering();
        implAccept(s);
        return s;
      }
    };
  }

  /** The server's side of TLS, on a connection of {@link #listen}. */
  Link accepted(Socket tcp) throws IOException {
    return secured((Gathering) tcp, false);
  }

  private static final class Gathering extends Socket {
    volatile boolean gathers;
    private OutputStream out;

    @Override
    public OutputStream getOutputStream() throws IOException {
      if (out == null) out = new Buffered(super.getOutputStream());
      return out;
    }

    private final class Buffered extends BufferedOutputStream {
      Buffered(OutputStream to) {
        super(to, 1 << 16);
      }

      @Override
      public void flush() throws IOException {
        if (!gathers) super.flush();
      }
    }
  }
}
