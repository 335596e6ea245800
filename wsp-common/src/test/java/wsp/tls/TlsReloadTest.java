package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigFile;

/** Files of TLS that are loaded because somebody asks for it: who hears that they have changed. */
class TlsReloadTest {
  private static final Path FILES = Path.of("src/test/resources/tls").toAbsolutePath();
  private static final String OWN = "xcertfile: own.pem, xkeyfile: own.key";

  @TempDir private Path dir;

  private void put(String name, String as) throws Exception {
    Files.copy(FILES.resolve(name), dir.resolve(as), StandardCopyOption.REPLACE_EXISTING);
  }

  private TlsFiles client(String yaml) throws Exception {
    ConfigFile file = ConfigFile.parse(dir.resolve("x.cfg").toString(), "{" + yaml + "}");
    return TlsFiles.client(TlsSettings.ofClient(file, "x"));
  }

  private static boolean tells(TlsFiles files) {
    AtomicInteger told = new AtomicInteger();
    var unused = files.reloadNow(told::incrementAndGet);
    return told.get() == 1;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xcafile: own.pem         | rsa.pem | false",
        "xcafile: own.pem         | ec.pem  | true",
        "xcafile: own.pem         | rsa.key | false",
        "OWN, xcafile: own.pem    | rsa.pem | false",
        "OWN, xinsecure: true     | rsa.pem | false",
        "OWN                      | rsa.pem | true",
      })
  void othersThanBeforeAreToldOf(String yaml, String then, boolean told) throws Exception {
    put("rsa.pem", "own.pem");
    put("rsa.key", "own.key");
    TlsFiles files = client(yaml.replace("OWN", OWN));
    put(then, "own.pem");
    assertEquals(told, tells(files));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.pem", "ec.pem"})
  void thoseThatFollowWhatCouldNotBeLoadedAreToldOf(String name) throws Exception {
    put("rsa.pem", "own.pem");
    TlsFiles files = client("xcafile: own.pem");
    put("rsa.key", "own.pem");
    assertFalse(tells(files));
    put(name, "own.pem");
    assertTrue(tells(files));
    assertFalse(tells(files));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thoseThatAPassHasSeenAreToldOf(boolean seen) throws Exception {
    put("rsa.pem", "own.pem");
    TlsFiles files = client("xcafile: own.pem");
    put("ec.pem", "own.pem");
    if (seen) assertFalse(files.reload());
    assertTrue(tells(files));
    assertFalse(files.reload());
  }
}
