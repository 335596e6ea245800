package wsp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** A TLS listener with a certificate of wsp-common's tests, made by make.sh there. */
final class CertifiedDoor {
  private static final Path FILES =
      Path.of("..", "wsp-common", "src", "test", "resources", "tls").toAbsolutePath().normalize();

  private CertifiedDoor() {}

  static ServerSocket listen(String certificate) throws IOException {
    return context(certificate)
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  static SSLContext context(String certificate) throws IOException {
    String yaml = "{c: %s.pem, k: %s.key}".formatted(certificate, certificate);
    try {
      ConfigFile config = ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
      return TlsFiles.server(TlsSettings.ofServer(config, "c", "k", "a")).context();
    } catch (ConfigException e) {
      throw new IOException(e);
    }
  }

  /** The line of a client's configuration that trusts what is in one of the files. */
  static String trust(String certificate) {
    return "origincafile: " + FILES.resolve(certificate + ".pem");
  }
}
