package wsp.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.text.Ascii;

/**
 * The configuration of TLS in one direction.
 *
 * @param ca the authorities that are trusted; null: those of the system (and as a server: no client
 *     is asked for a certificate)
 * @param chain the own certificate and those that lead to a root, or null for none
 * @param key the private key of that certificate; given if and only if it is
 * @param insecure trust any server, as a client
 */
public record TlsSettings(
    @Nullable PemFile ca, @Nullable PemFile chain, @Nullable PemFile key, boolean insecure) {
  /** The system's certificate authorities, and no certificate of our own. */
  public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, false);

  /**
   * Those of a client, from the keys {@code <prefix>CaFile}, {@code <prefix>CertFile}, {@code
   * <prefix>KeyFile} and {@code <prefix>Insecure}. The files are not read yet.
   */
  public static TlsSettings ofClient(ConfigFile config, String prefix) throws ConfigException {
    PemFile ca = PemFile.named(config, prefix + "CaFile");
    PemFile chain = PemFile.named(config, prefix + "CertFile");
    PemFile key = PemFile.named(config, prefix + "KeyFile");
    boolean insecure = config.bool(prefix + "Insecure", false);
    requireBoth(chain, key, prefix + "CertFile", prefix + "KeyFile");
    if (insecure && ca != null)
      throw ca.wrong("no file is expected where " + Ascii.lower(prefix) + "insecure is true");
    return new TlsSettings(ca, chain, key, insecure);
  }

  /**
   * Those of a server, from the given keys of the configuration, or null if there is no
   * certificate. The files are not read yet.
   */
  public static @Nullable TlsSettings ofServer(
      ConfigFile config, String chainKey, String keyKey, String clientCaKey)
      throws ConfigException {
    PemFile chain = PemFile.named(config, chainKey);
    PemFile key = PemFile.named(config, keyKey);
    PemFile ca = PemFile.named(config, clientCaKey);
    requireBoth(chain, key, chainKey, keyKey);
    if (chain != null) return new TlsSettings(ca, chain, key, false);
    if (ca != null) throw alone(ca, chainKey);
    return null;
  }

  private static void requireBoth(
      @Nullable PemFile chain, @Nullable PemFile key, String chainKey, String keyKey)
      throws ConfigException {
    if (chain != null && key == null) throw alone(chain, keyKey);
    if (key != null && chain == null) throw alone(key, chainKey);
  }

  private static ConfigException alone(PemFile file, String other) {
    return file.wrong("it is expected with " + Ascii.lower(other) + " only");
  }

  /** Every file that there is; with none, nothing of it changes. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (PemFile file : new @Nullable PemFile[] {ca, chain, key}) {
      if (file != null) files.add(file.path());
    }
    return files;
  }
}
