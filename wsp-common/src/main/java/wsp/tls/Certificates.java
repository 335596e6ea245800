package wsp.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import wsp.config.ConfigException;
import wsp.files.FileSource;

/** X.509 certificates from PEM files. */
final class Certificates {
  private Certificates() {}

  /** All certificates of a file in their order, at least one. */
  static List<X509Certificate> read(PemFile file, FileSource source) throws ConfigException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemFile.Block block : file.blocks(source)) {
      if (block.label().equals("CERTIFICATE")) certificates.add(parse(file, file.der(block)));
    }
    if (certificates.isEmpty())
      throw file.wrong("at least one block CERTIFICATE is expected in " + file.path());
    return certificates;
  }

  private static X509Certificate parse(PemFile file, byte[] der) throws ConfigException {
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      return (X509Certificate) x509.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw file.wrong("X.509 certificates are expected in " + file.path());
    }
  }
}
