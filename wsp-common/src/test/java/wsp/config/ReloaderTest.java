package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
  @TempDir Path dir;
  private Path path;
  private Reloader<Map<String, Object>> reloader;
  private Map<String, Object> used;

  @BeforeEach
  void start() throws Exception {
    path = dir.resolve("test.cfg");
    write("{level: 1, port: 1}");
    reloader =
        new Reloader<>(path, ReloaderTest::read, c -> c, Set.of("Level", "Secret")::contains);
  }

  private static Map<String, Object> read(ConfigFile file) throws ConfigException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Level", file.integer("level", 0, 0, 9));
    config.put("Port", file.integer("port", 0, 0, 9));
    config.put("Host", file.string("host", "here"));
    config.put("Secret", Secrets.text(file, "secret"));
    file.rejectUnknown();
    return config;
  }

  private void write(String yaml) throws Exception {
    Files.writeString(path, yaml);
  }

  private String poll() {
    return reloader.poll(
        (c, asked) -> {
          used = c;
          return null;
        });
  }

  /** The pass that finds a change, and the one after it. */
  private String pollTwice() {
    assertNull(poll());
    return poll();
  }

  @Test
  void aDaemonDoesNotStartWithWhatItCannotUse() throws Exception {
    write("level: x");
    assertThrows(
        ConfigException.class,
        () -> new Reloader<>(path, ReloaderTest::read, c -> c, Set.of("Level")::contains));
  }

  @Test
  void whatFailsWhileItIsPutToUseIsToldOnceAndTriedAgain() throws Exception {
    write("{level: 2, port: 1}");
    Reloader.Use<Map<String, Object>> bad =
        (c, asked) -> {
          throw new IllegalStateException("broken");
        };
    assertNull(reloader.poll(bad));
    assertEquals(
        "The configuration could not be put to use, which is tried again:"
            + " java.lang.IllegalStateException: broken",
        reloader.poll(bad));
    assertNull(reloader.poll(bad));
    assertEquals(path + " has been read again", poll());
    assertEquals(2, used.get("Level"));
  }

  @Test
  void asLongAsNothingChangesNothingHappens() {
    assertNull(poll());
    assertNull(poll());
    assertNull(used);
    assertEquals(1, reloader.current().get("Level"));
  }

  @Test
  void aFileThatHasChangedIsPutToUse() throws Exception {
    write("{level: 2, port: 1}  ");
    assertEquals(path + " has been read again", pollTwice());
    assertEquals(2, used.get("Level"));
    assertEquals(2, reloader.current().get("Level"));
    assertNull(poll());
  }

  @Test
  void aFileThatIsStillBeingWrittenIsNotRead() throws Exception {
    write("level: 2");
    assertNull(poll());
    write("level: 2\nport:");
    assertNull(poll());
    write("level: 2\nport: 1\n");
    assertNull(poll());
    assertNull(used);
    assertEquals(path + " has been read again", poll());
  }

  @Test
  void aRequestIsObeyedAtOnceAndOnce() {
    reloader.request();
    assertEquals(path + " has been read again", poll());
    assertEquals(1, used.get("Level"));
    assertNull(poll());
  }

  @Test
  void whatCannotBeUsedChangesNothingAndIsSaidOnce() throws Exception {
    write("{level: 2, prot: 1}");
    String line = pollTwice();
    assertTrue(line.startsWith("The configuration stays as it was: " + path + ": prot: "), line);
    assertNull(used);
    assertEquals(1, reloader.current().get("Level"));
    assertNull(poll());
    write("{level: 3, port: 1}  ");
    assertEquals(path + " has been read again", pollTwice());
  }

  @Test
  void whatItsUserRefusesChangesNothing() throws Exception {
    reloader.request();
    String line =
        reloader.poll(
            (c, asked) -> {
              throw new ConfigException("no such certificate");
            });
    assertEquals("The configuration stays as it was: no such certificate", line);
  }

  @Test
  void anEmptyFileIsAnAccident() throws Exception {
    write("");
    assertTrue(pollTwice().endsWith("test.cfg: keys are expected, not an empty file"));
    assertEquals(1, reloader.current().get("Level"));
  }

  @Test
  void aFileThatIsGoneChangesNothing() throws Exception {
    Files.delete(path);
    assertTrue(pollTwice().endsWith("test.cfg: there is no such file"));
  }

  @Test
  void keysThatCountAfterARestartAreNamedUntilTheyAreAsTheyWere() throws Exception {
    write("{level: 2, port: 2, host: there}");
    assertEquals(
        path + " has been read again; after a restart it takes effect for Port, Host", pollTwice());
    write("{level: 3, port: 1, host: there}  ");
    assertEquals(
        path + " has been read again; after a restart it takes effect for Host", pollTwice());
    write("{level: 4, port: 1}");
    assertEquals(path + " has been read again", pollTwice());
  }

  @Test
  void theFileOfASecretCountsAsWell() throws Exception {
    Path secret = dir.resolve("secret");
    write("secretfile: secret");
    assertTrue(pollTwice().contains("secret: there is no such file"));
    Files.writeString(secret, "hush");
    assertFalse(String.valueOf(pollTwice()).contains("hush"));
    assertEquals("hush", used.get("Secret"));
    Files.writeString(secret, "hush-hush");
    assertTrue(pollTwice().startsWith(path + " has been read again"));
    assertEquals("hush-hush", used.get("Secret"));
  }

  @Test
  void aFileThatIsOnlyTouchedIsNotRead() throws Exception {
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    assertNull(poll());
    assertNull(poll());
    assertNull(used);
  }

  @Test
  void whatCouldNotBeUsedIsTriedAgainAtEachPassUntilItCanAndSaidTwice() {
    boolean[] usable = {false};
    Reloader.Use<Map<String, Object>> use =
        (c, asked) -> {
          if (!usable[0]) throw new ConfigException("no such certificate");
          used = c;
          return null;
        };
    reloader.request();
    assertEquals("The configuration stays as it was: no such certificate", reloader.poll(use));
    assertTrue(reloader.watch().owed());
    for (int pass = 0; pass < 3; pass++) assertNull(reloader.poll(use));
    usable[0] = true;
    assertEquals(path + " has been read again", reloader.poll(use));
    assertFalse(reloader.watch().owed());
    assertNull(reloader.poll(use));
  }

  @Test
  void anotherReasonIsAnotherLineAndWhoAsksIsToldInAnyCase() throws Exception {
    Files.delete(path);
    assertTrue(pollTwice().endsWith("there is no such file"));
    assertNull(poll());
    reloader.request();
    assertTrue(poll().endsWith("there is no such file"));
    Files.createDirectory(path);
    assertTrue(pollTwice().endsWith("a file is expected, not a directory"));
    Files.delete(path);
    write("{level: 1, port: 1}");
    assertEquals(path + " has been read again", pollTwice());
  }

  @Test
  void whatElseWasLoadedIsInTheLine() {
    reloader.request();
    assertEquals(
        path + " has been read again; TLS files are in use anew",
        reloader.poll((c, asked) -> asked ? "TLS files are in use anew" : null));
  }
}
