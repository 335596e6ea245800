package wsp.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
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
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** How many names an error about another name lists. */
  private static final int TOLD = 5;

  private CertificateNames() {}

  /** Checks that a certificate is for a host: a name in ASCII, or an address, without brackets. */
  static void check(X509Certificate certificate, String host)
      throws UntrustedException, CertificateParsingException {
    InetAddress address = IpLiteral.of(host);
    List<String> names =
        address != null ? alternative(certificate, IP_ADDRESS) : dnsNames(certificate);
    String wanted = withoutDot(Ascii.lower(host));
    for (String name : names) {
      if (address != null ? address.equals(IpLiteral.of(name)) : matches(name, wanted)) return;
    }
    throw new UntrustedException(
        CertificateFault.WRONG_NAME,
        "the certificate is not for "
            + host
            + " but for "
            + names.subList(0, Math.min(TOLD, names.size())),
        null);
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

  private static List<String> dnsNames(X509Certificate certificate)
      throws CertificateParsingException {
    List<String> names = alternative(certificate, DNS_NAME);
    if (!names.isEmpty()) return names;
    String common = commonName(certificate);
    return common == null ? List.of() : List.of(common);
  }

  private static List<String> alternative(X509Certificate certificate, int type)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    if (all == null) return names;
    for (List<?> name : all) {
      if (name.get(0).equals(type) && name.get(1) instanceof String text) names.add(text);
    }
    return names;
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
