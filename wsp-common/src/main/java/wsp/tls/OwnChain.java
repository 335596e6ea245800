package wsp.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the certificates of a file into the order in which they are sent (RFC 8446 §4.4.2): the one
 * of the private key, then of each the one that issued it, as far as the file goes. Duplicates and
 * certificates that lead nowhere are left out: files are put together by people and scripts, and
 * Java's key store takes nothing but a chain in order.
 */
final class OwnChain {
  private OwnChain() {}

  /** The chain of a key, the first of the file that has it first; empty if none has. */
  static List<X509Certificate> of(PrivateKey key, List<X509Certificate> file) {
    Set<X509Certificate> left = new LinkedHashSet<>(file);
    List<X509Certificate> chain = new ArrayList<>();
    for (X509Certificate leaf : left) {
      if (!PrivateKeys.match(leaf.getPublicKey(), key)) continue;
      chain.add(leaf);
      break;
    }
    if (!chain.isEmpty()) left.remove(chain.get(0));
    while (!chain.isEmpty()) {
      X509Certificate issuer = issuer(chain.get(chain.size() - 1), left);
      if (issuer == null) break;
      left.remove(issuer);
      chain.add(issuer);
    }
    return chain;
  }

  private static @Nullable X509Certificate issuer(X509Certificate of, Set<X509Certificate> among) {
    boolean root = of.getIssuerX500Principal().equals(of.getSubjectX500Principal());
    if (root) return null;
    for (X509Certificate candidate : among) {
      if (of.getIssuerX500Principal().equals(candidate.getSubjectX500Principal())
          && isSigned(of, candidate)) return candidate;
    }
    return null;
  }

  /** Of the same name there may be several authorities: the old one and the new one, say. */
  private static boolean isSigned(X509Certificate certificate, X509Certificate by) {
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
