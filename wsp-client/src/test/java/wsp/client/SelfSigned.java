package wsp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import wsp.testing.KeyTool;

/** A TLS listener with a certificate that nobody else has signed, made by the JDK's keytool. */
final class SelfSigned {
  private SelfSigned() {}

  /**
   * Listens.
   *
   * @param options of {@code keytool -genkeypair}, beyond the usual ones
   */
  static ServerSocket listen(String... options) throws IOException {
    Path directory = Files.createTempDirectory("wsp");
    Path store = directory.resolve("store.p12");
    try {
      return listen(KeyTool.make(store, options));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(store);
      Files.delete(directory);
    }
  }

  private static ServerSocket listen(KeyStore keys) throws IOException, GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, KeyTool.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }
}
