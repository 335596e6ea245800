package wsp.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.files.FileSource;
import wsp.files.UnreadableException;

/**
 * A file of PEM blocks (RFC 7468), and where the configuration names it, for errors.
 *
 * @param where {@code <configuration file>: <key>}
 * @param path where it is
 */
public record PemFile(String where, Path path) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----((?:\\s*[A-Za-z-]+:[^\\n]*\\n)*[^-]*)-----END \\1-----");

  record Block(String label, String base64) {}

  /** The file that a key of the configuration names, or null without the key; it is not read. */
  public static @Nullable PemFile named(ConfigFile config, String key) throws ConfigException {
    Path path = config.path(key);
    return path == null ? null : new PemFile(config.where(key), path);
  }

  /** All its blocks. One with a header of its own is encrypted, in the way of old. */
  List<Block> blocks(FileSource source) throws ConfigException {
    List<Block> blocks = new ArrayList<>();
    Matcher m = BLOCK.matcher(text(source));
    while (m.find()) {
      boolean encrypted = m.group(2).indexOf(':') >= 0;
      blocks.add(new Block(encrypted ? "ENCRYPTED PRIVATE KEY" : m.group(1), m.group(2)));
    }
    return blocks;
  }

  byte[] der(Block block) throws ConfigException {
    try {
      return Base64.getDecoder().decode(block.base64().replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw wrong("base64 is expected in the blocks of " + path);
    }
  }

  /** All certificates of the file in their order, at least one. */
  List<X509Certificate> certificates(FileSource source) throws ConfigException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(source))
      if (block.label.equals("CERTIFICATE")) certificates.add(certificate(der(block)));
    if (certificates.isEmpty())
      throw wrong("at least one block CERTIFICATE is expected in " + path);
    return certificates;
  }

  private X509Certificate certificate(byte[] der) throws ConfigException {
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      return (X509Certificate) x509.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw wrong("X.509 certificates are expected in " + path);
    }
  }

  private String text(FileSource source) throws ConfigException {
    try {
      // Between the blocks there may be anything, in any encoding.
      return new String(source.bytes(path), StandardCharsets.ISO_8859_1);
    } catch (UnreadableException e) {
      throw unreadable(e);
    }
  }

  private ConfigException unreadable(UnreadableException e) {
    return switch (e.why()) {
      case DIRECTORY -> wrong("a PEM file is expected, not a directory: " + path);
      case MISSING, TOO_LARGE -> wrong(e.getMessage() + ": " + path);
      case STUCK, FAILED -> {
        String line = where + ": " + path + ": " + e.getMessage();
        yield e.passing() ? ConfigException.passing(line) : new ConfigException(line);
      }
    };
  }

  /** An error with its place; the text says what was expected of which file. */
  ConfigException wrong(String text) {
    return new ConfigException(where + ": " + text);
  }
}
