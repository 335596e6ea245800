package wsp.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressText;
import wsp.destination.IpLiteral;
import wsp.text.Ascii;

/**
 * Whom a certificate is for (RFC 9525 §6). The JDK's own check takes only what {@code SNIHostName}
 * takes, hence no name with an underscore, however plainly it stands in the certificate.
 *
 * <p>An address has to be among the {@code iPAddress} names, and no {@code dNSName} ever is one. A
 * name has to be among the {@code dNSName}s, in any case of letters; a star stands for the whole of
 * one leftmost label. Only where there are none, as with certificates of old, the common name
 * counts.
 */
final class CertificateNames {

  /** How many names an error about another name lists. */
  private static final int TOLD = 5;

  private CertificateNames() {}

  /**
   * Checks that the first certificate of a chain, with all that vouches for it, is for a host: a
   * name in ASCII, or an address, without brackets.
   */
  static void check(X509Certificate[] chain, String host)
      throws UntrustedException, CertificateParsingException {
    X509Certificate certificate = chain[0];
    SubjectNames names = SubjectNames.of(certificate);
    InetAddress address = IpLiteral.of(host);
    if (address != null) {
      if (names.addresses().contains(address)) return;
      throw notFor(host, names.addresses().stream().map(AddressText::of).toList(), names.dns());
    }
    String common = names.dns().isEmpty() ? commonName(certificate) : null;
    List<String> all = common == null ? names.dns() : List.of(common);
    String wanted = withoutDot(Ascii.lower(host));
    if (all.stream().noneMatch(name -> matches(name, wanted))) throw notFor(host, all, List.of());
    if ((common != null || !isReadByJdk(certificate)) && isConstrained(chain))
      throw new UntrustedException(
          CertificateFault.OTHER,
          "its certificate is not accepted: an issuer has name constraints, and "
              + host
              + " is not among names that can be held against them",
          null);
  }

  /**
   * True if the JDK has held the constraints of an issuer against the names: it does so with those
   * that it has read itself. Of names that it does not like it gives none, and later ones, of which
   * 25 is one, throw.
   */
  static boolean isReadByJdk(X509Certificate certificate) {
    try {
      return certificate.getSubjectAlternativeNames() != null;
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static UntrustedException notFor(String host, List<String> names, List<String> others) {
    boolean noAddress = names.isEmpty() && !others.isEmpty();
    List<String> told = noAddress ? others : names;
    return new UntrustedException(
        CertificateFault.WRONG_NAME,
        "the certificate is not for "
            + host
            + (noAddress ? " as an address, but for the names " : " but for ")
            + told.subList(0, Math.min(TOLD, told.size())),
        null);
  }

  private static boolean isConstrained(X509Certificate[] chain) {
    return Arrays.stream(chain).anyMatch(c -> c.getExtensionValue(Anchors.CONSTRAINTS) != null);
  }

  static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static boolean matches(String pattern, String host) {
    String name = Ascii.lower(pattern);
    if (!name.startsWith("*.")) return !name.isEmpty() && name.equals(host);
    int dot = host.indexOf('.');
    return dot > 0 && name.length() > 2 && name.substring(1).equals(host.substring(dot));
  }

  /** The innermost one. */
  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
      for (int i = parts.size() - 1; i >= 0; i--) {
        Attribute common = parts.get(i).toAttributes().get("CN");
        if (common != null) return common.get() instanceof String text ? text : null;
      }
      return null;
    } catch (InvalidNameException e) {
      return null;
    } catch (NamingException e) {
      throw new IllegalStateException("a name that is in memory", e);
    }
  }
}
