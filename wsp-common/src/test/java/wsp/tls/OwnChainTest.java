package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.files.FileSource;

/** A certificate file may have its certificates in any order, twice, and others too. */
class OwnChainTest {
  private static final Path FILES = Path.of("src/test/resources/tls").toAbsolutePath();

  @TempDir Path dir;

  private Path file(String names) throws Exception {
    StringBuilder all = new StringBuilder("of several\n");
    for (String name : names.split(" ", -1))
      all.append(Files.readString(FILES.resolve(name + ".pem")));
    return Files.writeString(dir.resolve("own.pem"), all);
  }

  private static ConfigFile config(String yaml) throws ConfigException {
    return ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
  }

  private static String chain(Certificate[] certificates) {
    List<String> names = new ArrayList<>();
    for (Certificate c : certificates) {
      String name = ((X509Certificate) c).getSubjectX500Principal().getName();
      names.add(name.replace("CN=WSP test ", ""));
    }
    return String.join(" ", names);
  }

  @ParameterizedTest
  @CsvSource({
    "deep deep2 deep1, deep deep2 deep1",
    "deep deep2 deep1 names-ca, deep deep2 deep1 names-ca",
    "names-ca deep1 deep2 deep, deep deep2 deep1 names-ca",
    "deep1 deep deep2, deep deep2 deep1",
    "deep deep deep2 deep2 deep1 deep deep1, deep deep2 deep1",
    "ca stranger deep1 ec deep2 deep elsewhere, deep deep2 deep1",
    // One is missing: what leads on from there is left out.
    "deep deep1, deep",
    "deep, deep",
  })
  void aFileInAnyOrderBecomesAChain(String names, String expected) throws Exception {
    List<X509Certificate> read =
        new PemFile("test", file(names)).certificates(FileSource.atStart());
    PrivateKey key =
        PrivateKeys.read(new PemFile("test", FILES.resolve("deep.key")), FileSource.atStart());
    assertEquals(expected, chain(OwnChain.of(key, read).toArray(new Certificate[0])));
  }

  @Test
  void withoutTheCertificateOfTheKeyThereIsNoChain() throws Exception {
    List<X509Certificate> read =
        new PemFile("test", file("deep1 deep2 ec")).certificates(FileSource.atStart());
    PrivateKey key =
        PrivateKeys.read(new PemFile("test", FILES.resolve("deep.key")), FileSource.atStart());
    assertEquals(List.of(), OwnChain.of(key, read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"deep1 deep2 deep", "names-ca deep deep stranger deep1 deep2", "deep2 deep1 deep"})
  void bothSidesSendItInOrder(String names) throws Exception {
    Path file = file(names);
    String pair = "xcertfile: %s, xkeyfile: deep.key".formatted(file);
    TlsFiles server =
        TlsFiles.server(
            TlsSettings.ofServer(
                config("{c: %s, k: deep.key, a: names-ca.pem}".formatted(file)), "c", "k", "a"));
    TlsFiles client =
        TlsFiles.client(TlsSettings.ofClient(config("{xcafile: names-ca.pem, " + pair + "}"), "x"));
    Handshake done = Handshake.between(client, server, "localhost");
    for (SSLSession session : Arrays.asList(done.client(), done.server())) {
      String sent = chain(session.getPeerCertificates());
      assertNotNull(sent);
      assertEquals(0, sent.indexOf("deep deep2 deep1"), sent);
    }
  }
}
