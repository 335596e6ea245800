package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.files.FileSource;

/** With the files of src/test/resources/tls, which make.sh there has made. */
class TlsFilesTest {
  static final Path FILES = Path.of("src/test/resources/tls").toAbsolutePath();

  static ConfigFile config(String yaml) throws ConfigException {
    return ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
  }

  private static TlsFiles server(String name, String more) throws ConfigException {
    String yaml = "cert: " + name + ".pem\nkey: " + name + ".key\n" + more;
    return TlsFiles.server(TlsSettings.ofServer(config(yaml), "cert", "key", "clientca"));
  }

  static TlsFiles client(String yaml) throws ConfigException {
    return TlsFiles.client(TlsSettings.ofClient(config(yaml), "x"));
  }

  private static String error(String yaml) {
    return assertThrows(ConfigException.class, () -> client(yaml))
        .getMessage()
        .replace(FILES + "/", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed25519"})
  void aServerIsTrustedByItsAuthority(String name) throws Exception {
    SSLSession session =
        Handshake.between(client("xcafile: ca.pem"), server(name, ""), "localhost").client();
    assertEquals("TLSv1.3", session.getProtocol());
    assertTrue(session.getPeerPrincipal().getName().contains("WSP test " + name));
  }

  @ParameterizedTest
  @CsvSource({"rsa, pkcs1", "ec, sec1"})
  void aKeyInTheFormOfOldIsAsGood(String name, String key) throws Exception {
    String yaml = "cert: " + name + ".pem\nkey: " + key + ".key\n";
    TlsFiles server = TlsFiles.server(TlsSettings.ofServer(config(yaml), "cert", "key", "ca"));
    SSLSession session = Handshake.between(client("xcafile: ca.pem"), server, "localhost").client();
    assertTrue(session.getPeerPrincipal().getName().contains("WSP test " + name));
  }

  /** Whatever part of it is there, and whatever length it claims: no exception but the one told. */
  @ParameterizedTest
  @ValueSource(strings = {"sec1.key", "pkcs1.key"})
  void aKeyThatIsBrokenAnywhereIsNoKey(String name) throws Exception {
    PemFile file = new PemFile("test.cfg: key", FILES.resolve(name));
    byte[] der = file.der(file.blocks(FileSource.atStart()).get(0));
    for (int i = 0; i < Math.min(der.length, 40); i++) {
      for (int changed : new int[] {0, 0x7f, 0x84, 0x88, 0xa0, 0xff}) {
        byte[] broken = der.clone();
        broken[i] = (byte) changed;
        TraditionalKeys.rsa(broken);
        TraditionalKeys.ec(broken);
      }
      assertNull(TraditionalKeys.ec(Arrays.copyOf(der, i)));
    }
  }

  @Test
  void aServerSpeaksTLS12TooAndNothingOlder() throws Exception {
    TlsFiles client = client("xcafile: ca.pem");
    TlsFiles server = server("rsa", "");
    assertEquals(
        "TLSv1.2",
        Handshake.between(client, server, "localhost", "TLSv1.2").client().getProtocol());
    assertThrows(
        SSLException.class, () -> Handshake.between(client, server, "localhost", "TLSv1.1"));
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
    TlsFiles server = server("stranger", "");
    assertThrows(
        SSLException.class,
        () -> Handshake.between(client("xcafile: ca.pem"), server, "localhost"));
    assertThrows(SSLException.class, () -> Handshake.between(client(""), server, "localhost"));
  }

  @Test
  void aServerOfAnotherNameIsNotTrusted() throws Exception {
    TlsFiles server = server("elsewhere", "");
    TlsFiles client = client("xcafile: ca.pem");
    assertThrows(SSLException.class, () -> Handshake.between(client, server, "localhost"));
    Handshake.between(client, server, "elsewhere.test");
  }

  @Test
  void insecureTrustsAnybodyUnderAnyName() throws Exception {
    Handshake.between(client("xinsecure: true"), server("stranger", ""), "some.where");
  }

  @Test
  void aClientWithACertificateIsKnownToTheServer() throws Exception {
    TlsFiles server = server("rsa", "clientca: ca.pem");
    TlsFiles client = client("{xcafile: ca.pem, xcertfile: client.pem, xkeyfile: client.key}");
    SSLSession session = Handshake.between(client, server, "localhost").server();
    assertTrue(session.getPeerPrincipal().getName().contains("WSP test client"));
  }

  @Test
  void aClientWithoutACertificateIsNotKnown() throws Exception {
    TlsFiles server = server("rsa", "clientca: ca.pem");
    SSLSession session = Handshake.between(client("xcafile: ca.pem"), server, "localhost").server();
    assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
  }

  @Test
  void aClientWithTheCertificateOfAStrangerIsNotKnown() throws Exception {
    TlsFiles server = server("rsa", "clientca: ca.pem");
    TlsFiles client = client("{xcafile: ca.pem, xcertfile: stranger.pem, xkeyfile: stranger.key}");
    // Java looks first whether the server would take it, and sends none.
    SSLSession session = Handshake.between(client, server, "localhost").server();
    assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xcertfile: ec.pem | xcertfile: it is expected with xkeyfile only",
        "xkeyfile: ec.key | xkeyfile: it is expected with xcertfile only",
        "{xcafile: ca.pem, xinsecure: true} | xcafile: no file is expected where xinsecure is true",
        "xcafile: none.pem | xcafile: there is no such file: none.pem",
        "xcafile: ../tls | xcafile: a PEM file is expected, not a directory: ",
        "xcafile: make.sh | xcafile: at least one block CERTIFICATE is expected in make.sh",
        "xcafile: ec.key | xcafile: at least one block CERTIFICATE is expected in ec.key",
        "{xcertfile: ec.pem, xkeyfile: ec.pem} | xkeyfile: one block PRIVATE KEY is expected in"
            + " ec.pem",
        "{xcertfile: ec.pem, xkeyfile: rsa.key} | xkeyfile: the private key of a certificate in"
            + " ec.pem is",
        "{xcertfile: ec.pem, xkeyfile: client.key} | xkeyfile: the private key of a certificate in"
            + " ec.pem",
        "{xcertfile: ec.pem, xkeyfile: pkcs1.key} | xkeyfile: the private key of a certificate in",
        "{xcertfile: ec.pem, xkeyfile: encrypted.key} | in encrypted.key, not an encrypted one;"
            + " this makes one: openssl",
      })
  void aFileThatCannotBeUsedIsNamedWithItsKey(String yaml, String expected) {
    String error = error(yaml);
    assertTrue(error.startsWith("test.cfg: x") && error.contains(expected), error);
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE KEY,xkeyfile: a key of RSA",
    "RSA PRIVATE KEY,xkeyfile: a key of RSA",
    "EC PRIVATE KEY,not SEC1 without its curve; this makes one: openssl pkcs8 -topk8 -nocrypt -in",
    "CERTIFICATE,xcafile: X.509 certificates are"
  })
  void garbageInABlockIsNoKeyAndNoCertificate(String label, String expected, @TempDir Path dir)
      throws Exception {
    Path file = dir.resolve("garbage.pem");
    Files.writeString(
        file, "-----BEGIN " + label + "-----\nMAMCAQA=\n-----END " + label + "-----\n");
    String yaml =
        label.equals("CERTIFICATE")
            ? "xcafile: " + file
            : "{xcertfile: ec.pem, xkeyfile: %s}".formatted(file);
    assertTrue(error(yaml).contains(expected), error(yaml));
    Files.writeString(file, "-----BEGIN " + label + "-----\nM\n-----END " + label + "-----\n");
    assertTrue(error(yaml).contains(": base64 is expected in the blocks of "), error(yaml));
  }

  /** As openssl rsa -aes128 -traditional writes it. */
  @Test
  void aKeyThatIsEncryptedInTheWayOfOldIsToldAsThat(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("old.key");
    String header = "Proc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,E5A6\r\n\r\n";
    Files.writeString(
        file,
        "-----BEGIN RSA PRIVATE KEY-----\r\n"
            + header
            + "MAMCAQA=\r\n-----END RSA PRIVATE KEY-----\r\n");
    String error = error("{xcertfile: ec.pem, xkeyfile: %s}".formatted(file));
    assertTrue(error.contains("without encryption is expected in " + file), error);
    assertTrue(error.contains(", not an encrypted one; this makes one: openssl"), error);
  }

  @Test
  void aServerWithoutACertificateHasNoTLS() throws Exception {
    assertEquals(null, TlsSettings.ofServer(config(""), "cert", "key", "clientca"));
    String error =
        assertThrows(
                ConfigException.class,
                () -> TlsSettings.ofServer(config("clientca: ca.pem"), "cert", "key", "clientca"))
            .getMessage();
    assertTrue(error.endsWith("clientca: it is expected with cert only"), error);
  }

  private static TlsFiles withBrokenTrustStore() throws ConfigException {
    System.setProperty("javax.net.ssl.trustStore", FILES.resolve("ca.pem").toString());
    System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
    try {
      TlsFiles files = client("");
      // It is read beside us, and has to be before the properties go.
      assertThrows(IllegalStateException.class, files::context);
      return files;
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStoreType");
    }
  }

  @Test
  void aTrustStoreOfTheJVMThatCannotBeReadIsAnErrorOfTheConfiguration() throws Exception {
    TlsFiles files = withBrokenTrustStore();
    String message = assertThrows(ConfigException.class, files::await).getMessage();
    assertTrue(message.startsWith("TLS cannot use it: "), message);
  }

  @Test
  void whetherThereAreFilesOrNotTheContextStaysTheSame() throws Exception {
    for (String yaml : new String[] {"", "xinsecure: true", "xcafile: ca.pem"}) {
      TlsFiles files = client(yaml);
      files.await();
      SSLContext first = files.context();
      assertFalse(files.reload());
      assertSame(first, files.context());
    }
  }

  @Test
  void whoIsInterruptedGetsTheContextAndStaysInterrupted() throws Exception {
    TlsFiles files = client("");
    Thread.currentThread().interrupt();
    SSLContext context = files.context();
    files.await();
    assertTrue(Thread.interrupted());
    assertSame(files.context(), context);
  }
}
