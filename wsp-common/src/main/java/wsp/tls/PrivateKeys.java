package wsp.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;
import wsp.config.ConfigException;
import wsp.files.FileSource;

/** Private keys as PKCS#8 (RFC 5958) or in one of {@link TraditionalKeys}, not encrypted. */
final class PrivateKeys {
  /** How each kind of key signs. A key is of one kind only, so their order does not matter. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private PrivateKeys() {}

  static PrivateKey read(PemFile file, FileSource source) throws ConfigException {
    List<PemFile.Block> keys =
        file.blocks(source).stream().filter(b -> b.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw file.wrong(
          "one block PRIVATE KEY is expected in " + file.path() + ", not " + keys.size());
    }
    PemFile.Block block = keys.get(0);
    byte[] key =
        switch (block.label()) {
          case "PRIVATE KEY" -> file.der(block);
          case "RSA PRIVATE KEY" -> TraditionalKeys.rsa(file.der(block));
          case "EC PRIVATE KEY" -> TraditionalKeys.ec(file.der(block));
          case "ENCRYPTED PRIVATE KEY" -> throw convert(file, "an encrypted one");
          default -> throw convert(file, block.label());
        };
    if (key == null) throw convert(file, "SEC1 without its curve");
    return parse(file, key);
  }

  private static ConfigException convert(PemFile file, String found) {
    return file.wrong(
        "a private key as PKCS#8 without encryption is expected in %s, not %s; this makes one: openssl pkcs8 -topk8 -nocrypt -in %s -out FILE"
            .formatted(file.path(), found, file.path()));
  }

  private static PrivateKey parse(PemFile file, byte[] der) throws ConfigException {
    for (String algorithm : SIGNATURES.keySet()) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Of another kind, or of none.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java does not know " + algorithm, e);
      }
    }
    throw file.wrong("a key of RSA, EC or Ed25519 is expected in " + file.path());
  }

  /**
   * Whether a certificate's key and a private one belong together: what one signs, the other is.
   */
  static boolean match(PublicKey certified, PrivateKey key) {
    String algorithm = SIGNATURES.get(key.getAlgorithm());
    try {
      Signature signature =
          Signature.getInstance(algorithm == null ? key.getAlgorithm() : algorithm);
      byte[] text = {1, 2, 3};
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
