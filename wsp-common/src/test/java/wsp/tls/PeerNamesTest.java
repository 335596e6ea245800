package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.files.FileSource;

/** Which name is asked for, and which certificate is taken for it. */
class PeerNamesTest {
  private static final Path FILES = Path.of("src/test/resources/tls").toAbsolutePath();

  private static ConfigFile config(String yaml) throws ConfigException {
    return ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
  }

  private static TlsFiles server(String name) throws ConfigException {
    String yaml = "{cert: %s.pem, key: %s.key}".formatted(name, name);
    return TlsFiles.server(TlsSettings.ofServer(config(yaml), "cert", "key", "clientca"));
  }

  private static TlsFiles client(String yaml) throws ConfigException {
    return TlsFiles.client(TlsSettings.ofClient(config(yaml), "x"));
  }

  private static Handshake handshake(String certificate, String host, String... protocols)
      throws Exception {
    return Handshake.between(client("xcafile: names-ca.pem"), server(certificate), host, protocols);
  }

  /** The name in the first record that a client sends; empty without any (RFC 6066 §3). */
  private static String asked(TlsFiles files, String host) throws Exception {
    SSLEngine engine = files.context().createSSLEngine(host, 443);
    files.configure(engine);
    ByteBuffer hello = ByteBuffer.allocate(1 << 15);
    engine.beginHandshake();
    engine.wrap(ByteBuffer.allocate(0), hello);
    hello.flip().position(5 + 4 + 2 + 32);
    hello.position(hello.position() + 1 + hello.get(hello.position()));
    hello.position(hello.position() + 2 + hello.getShort(hello.position()));
    hello.position(hello.position() + 1 + hello.get(hello.position()) + 2);
    while (hello.hasRemaining()) {
      int type = hello.getShort();
      ByteBuffer extension = hello.slice(hello.position() + 2, hello.getShort(hello.position()));
      hello.position(hello.position() + 2 + extension.remaining());
      if (type != 0) continue;
      assertEquals(extension.remaining() - 2, extension.getShort());
      assertEquals(0, extension.get());
      byte[] name = new byte[extension.getShort()];
      extension.get(name);
      assertFalse(extension.hasRemaining());
      return new String(name, StandardCharsets.US_ASCII);
    }
    return "";
  }

  private static X509Certificate[] chain(String name) throws Exception {
    return new PemFile("test", FILES.resolve(name + ".pem"))
        .certificates(FileSource.atStart())
        .toArray(X509Certificate[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "api, api",
    "API, API",
    "api., api",
    "my_api.test, my_api.test",
    "_x.y_.test, _x.y_.test",
    "upper.test, upper.test",
    "a.wild.test, a.wild.test",
    "a_b.wild.test, a_b.wild.test",
    "xn--fa-hia.wild.test, xn--fa-hia.wild.test",
    "printer.local, printer.local",
    "xn--fa-hia.test, xn--fa-hia.test",
    "127.0.0.2,",
    "fe80::2,",
    "fe80:0:0::0002,",
  })
  void aNameInTheCertificateIsAskedForAndTaken(String host, String sent) throws Exception {
    for (String yaml : new String[] {"xcafile: names-ca.pem", "xinsecure: true"})
      assertEquals(sent == null ? "" : sent, asked(client(yaml), host));
    CertificateNames.check(chain("names"), host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ap",
        "api.test",
        "my-api.test",
        "wild.test",
        ".wild.test",
        "a.b.wild.test",
        "local",
        "WSP test names",
        // As a dNSName alone, and as the address of another.
        "127.0.0.9",
        "127.0.0.3",
        "fe80::3",
        "127.2",
      })
  void aNameThatIsNotInTheCertificateIsRefused(String host) {
    UntrustedException e =
        assertThrows(UntrustedException.class, () -> CertificateNames.check(chain("names"), host));
    assertTrue(e.getMessage().startsWith("the certificate is not for " + host + " but for ["));
  }

  @ParameterizedTest
  @CsvSource({
    "api, true",
    "app, false",
    "a.wild.test, true",
    "127.0.0.2, true",
    "127.0.0.9, false",
  })
  void aHandshakeLooksAtTheName(String host, boolean taken) throws Exception {
    for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
      if (taken) handshake("names", host, protocol);
      else assertThrows(SSLException.class, () -> handshake("names", host, protocol));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"old.test", "OLD.test."})
  void aCommonNameCountsWhereThereIsNoOther(String host) throws Exception {
    CertificateNames.check(chain("common"), host);
    assertThrows(
        UntrustedException.class, () -> CertificateNames.check(chain("common"), "new.test"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionOfOneNameIsNotResumedForAnother(String protocol) throws Exception {
    TlsFiles client = client("xcafile: names-ca.pem");
    TlsFiles server = server("names");
    long first = Handshake.between(client, server, "api", protocol).client().getCreationTime();
    assertTrue(
        Handshake.between(client, server, "api", protocol).client().getCreationTime() >= first);
    assertThrows(SSLException.class, () -> Handshake.between(client, server, "app", protocol));
  }
}
