package wsp.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
    X509Certificate next = first(left, leaf -> PrivateKeys.match(leaf.getPublicKey(), key));
    while (next != null) {
      left.remove(next);
      chain.add(next);
      next = issuer(next, left);
    }
    return chain;
  }

  private static @Nullable X509Certificate issuer(X509Certificate of, Set<X509Certificate> among) {
    boolean root = of.getIssuerX500Principal().equals(of.getSubjectX500Principal());
    if (root) return null;
    return first(
        among,
        one ->
            of.getIssuerX500Principal().equals(one.getSubjectX500Principal()) && isSigned(of, one));
  }

  private static @Nullable X509Certificate first(
      Set<X509Certificate> of, Predicate<X509Certificate> wanted) {
    return of.stream().filter(wanted).findFirst().orElse(null);
  }

  /** Of the same name there may be several authorities: the old one and the new one, say. */
  static boolean isSigned(X509Certificate certificate, X509Certificate by) {
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
