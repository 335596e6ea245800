package wsp.tls;

import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import wsp.destination.IpLiteral;

/**
 * The names and addresses in a certificate's {@code subjectAltName} (RFC 5280 §4.2.1.6). The JDK
 * gives none at all where it does not like one of them, such as a URI without a scheme, and then
 * the common name would count.
 *
 * @param dns as they stand there
 * @param addresses those of IPv4 and IPv6
 */
record SubjectNames(List<String> dns, List<InetAddress> addresses) {
  private static final String EXTENSION = "2.5.29.17";

  // Of DER; the last two are choices of GeneralName.
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  static SubjectNames of(X509Certificate certificate) throws CertificateParsingException {
    byte[] extension = certificate.getExtensionValue(EXTENSION);
    return extension == null ? new SubjectNames(List.of(), List.of()) : read(extension);
  }

  /** Those in the extension's value, octets in octets. */
  static SubjectNames read(byte[] extension) throws CertificateParsingException {
    SubjectNames names = new SubjectNames(new ArrayList<>(), new ArrayList<>());
    try {
      ByteBuffer all = inside(inside(ByteBuffer.wrap(extension), OCTETS), SEQUENCE);
      while (all.hasRemaining()) names.add(all.get() & 0xff, content(all));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new CertificateParsingException("the names in the certificate cannot be read", e);
    }
    return names;
  }

  /** What is in the octets of an extension's value. */
  static byte[] octets(byte[] extension) throws CertificateParsingException {
    ByteBuffer inside = inside(ByteBuffer.wrap(extension), OCTETS);
    byte[] bytes = new byte[inside.remaining()];
    inside.get(bytes);
    return bytes;
  }

  private void add(int tag, ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    if (tag == DNS_NAME) dns.add(new String(bytes, StandardCharsets.ISO_8859_1));
    if (tag == IP_ADDRESS && (bytes.length == 4 || bytes.length == 16))
      addresses.add(IpLiteral.address(bytes));
  }

  private static ByteBuffer inside(ByteBuffer from, int tag) throws CertificateParsingException {
    if ((from.get() & 0xff) != tag)
      throw new CertificateParsingException("the names in the certificate cannot be read");
    return content(from);
  }

  /** What a length stands before; it is passed over. */
  private static ByteBuffer content(ByteBuffer from) {
    int length = from.get();
    if (length < 0) {
      // How many bytes it takes. More than two: more than a handshake has.
      int more = length & 0x7f;
      length = more == 1 ? from.get() & 0xff : more == 2 ? from.getShort() & 0xffff : -1;
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }
}
