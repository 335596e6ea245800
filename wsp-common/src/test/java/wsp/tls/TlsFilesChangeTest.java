package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tls.TlsFilesTest.FILES;
import static wsp.tls.TlsFilesTest.client;
import static wsp.tls.TlsFilesTest.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files for TLS that change while they are in use. */
class TlsFilesChangeTest {
  /** A server whose files are in a directory, where they can be replaced. */
  private static TlsFiles replaceable(Path dir) throws Exception {
    replace(dir, "ec");
    String yaml = "{cert: %s/own.pem, key: %s/own.key}".formatted(dir, dir);
    return TlsFiles.server(TlsSettings.ofServer(config(yaml), "cert", "key", "clientca"));
  }

  private static void replace(Path dir, String name) throws Exception {
    replace(dir, name + ".pem", "own.pem");
    replace(dir, name + ".key", "own.key");
  }

  private static void replace(Path dir, String from, String to) throws Exception {
    if (Files.isDirectory(dir.resolve(to))) Files.delete(dir.resolve(to));
    Path made = Files.copy(FILES.resolve(from), dir.resolve("new"));
    Files.move(made, dir.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether they are taken up by the pass after the one that finds them changed. */
  private static boolean taken(TlsFiles files) {
    return !files.reload() && files.reload();
  }

  @Test
  void filesThatAreStillBeingWrittenAreNotLoaded(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    for (String name : new String[] {"rsa", "ed25519", "rsa"}) {
      replace(dir, name);
      assertFalse(server.reload());
      assertSame(before, server.context());
    }
    assertTrue(server.reload());
    assertNotSame(before, server.context());
  }

  @Test
  void filesThatHaveNotChangedAreNotReadAgain(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    assertFalse(taken(server));
    assertSame(before, server.context());
  }

  @Test
  void aNewCertificateIsUsedForNewConnections(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    replace(dir, "rsa");
    assertTrue(taken(server));
    assertNotSame(before, server.context());
    SSLSession session = Handshake.between(client("xcafile: ca.pem"), server, "localhost").client();
    assertTrue(session.getPeerPrincipal().getName().contains("WSP test rsa"));
    assertFalse(taken(server));
  }

  @Test
  void aFileThatContainsTheSameIsNotLoadedAgain(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    Files.setLastModifiedTime(dir.resolve("own.pem"), FileTime.fromMillis(1_000));
    replace(dir, "ec");
    assertFalse(taken(server));
  }

  @Test
  void otherContentsOfTheSameSizeAndTimeAreLoaded(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    Path file = dir.resolve("own.pem");
    FileTime before = Files.getLastModifiedTime(file);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("-----END", "-----end").strip() + "x");
    Files.setLastModifiedTime(file, before);
    assertFalse(taken(server));
    assertTrue(server.watch().owed());
  }

  /** How a file may be of no use for a moment. */
  private enum Trouble {
    MISSING(Files::delete),
    EMPTY(file -> Files.writeString(file, "")),
    A_DIRECTORY(
        file -> {
          Files.delete(file);
          Files.createDirectory(file);
        }),
    OF_ANOTHER_PAIR(
        file ->
            Files.copy(
                FILES.resolve("stranger" + file.toString().substring(file.toString().length() - 4)),
                file,
                StandardCopyOption.REPLACE_EXISTING));

    private final Act act;

    Trouble(Act act) {
      this.act = act;
    }

    private interface Act {
      void make(Path file) throws Exception;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "own.pem,MISSING",
    "own.pem,EMPTY",
    "own.pem,A_DIRECTORY",
    "own.pem,OF_ANOTHER_PAIR",
    "own.key,MISSING",
    "own.key,EMPTY",
    "own.key,A_DIRECTORY",
    "own.key,OF_ANOTHER_PAIR"
  })
  void whatCouldNotBeLoadedIsOwedUntilItIs(String name, Trouble trouble, @TempDir Path dir)
      throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    replace(dir, "rsa");
    trouble.act.make(dir.resolve(name));
    for (int pass = 0; pass < 3; pass++) assertFalse(taken(server));
    assertTrue(server.watch().owed());
    assertSame(before, server.context());
    assertTrue(String.valueOf(server.reloadNow(() -> {})).startsWith("TLS stays as it was: "));
    replace(dir, name.equals("own.pem") ? "rsa.pem" : "rsa.key", name);
    assertTrue(taken(server));
    assertFalse(server.watch().owed());
    assertFalse(taken(server));
  }

  @Test
  void askedForItIsLoadedThoughNothingHasChanged(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    assertTrue(
        String.valueOf(server.reloadNow(() -> {})).startsWith("TLS files are in use anew: "));
    assertNotSame(before, server.context());
    assertEquals(null, client("").reloadNow(() -> {}));
  }

  @Test
  void theEndOfEachCertificateIsKnown(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    CertificateExpiry own = server.certificates().get(0);
    assertEquals(dir.resolve("own.pem").toString(), own.file());
    assertTrue(own.subject().contains("WSP test ec"), own.subject());
    assertTrue(own.epochSeconds() > 1_700_000_000, own.toString());
    replace(dir, "rsa");
    assertTrue(taken(server));
    assertTrue(server.certificates().get(0).subject().contains("WSP test rsa"));
  }

  @Test
  void whileOnlyHalfOfAPairIsNewTheOldOneIsUsed(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    replace(dir, "rsa.pem", "own.pem");
    assertFalse(taken(server));
    assertSame(before, server.context());
    replace(dir, "rsa.key", "own.key");
    assertTrue(taken(server));
  }

  @Test
  void aFileThatIsGoneChangesNothing(@TempDir Path dir) throws Exception {
    TlsFiles server = replaceable(dir);
    SSLContext before = server.context();
    Files.delete(dir.resolve("own.key"));
    assertFalse(taken(server));
    assertSame(before, server.context());
  }
}
