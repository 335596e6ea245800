package wsp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** The JDK's keytool: makes a key with a certificate for this machine that it signs itself. */
public final class KeyTool {
  /** Of each store and of the key in it. */
  public static final String PASSWORD = "password";

  private KeyTool() {}

  /**
   * Makes a store with one key.
   *
   * @param file does not exist yet
   * @param options of {@code keytool -genkeypair}, beyond the usual ones
   */
  public static KeyStore make(Path file, String... options)
      throws IOException, GeneralSecurityException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new ArrayList<>(
            List.of(
                tool.toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
    command.addAll(List.of(options));
    Process made = new ProcessBuilder(command).inheritIO().start();
    if (made.onExit().join().exitValue() != 0) throw new IOException("keytool failed");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
