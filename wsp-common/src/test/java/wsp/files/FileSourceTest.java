package wsp.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.files.UnreadableException.Why;

class FileSourceTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  @TempDir Path dir;

  private static Why why(FileSource source, Path file) {
    return assertThrows(UnreadableException.class, () -> source.bytes(file)).why();
  }

  private FileSource loaded(Path file) throws Exception {
    FileSource source = FileSource.atStart();
    byte[] unused = source.bytes(file);
    source.forget();
    return source;
  }

  @Test
  void whatAFileContainsCountsAndNeitherItsTimeNorWhichFileItIs() throws Exception {
    Path file = Files.writeString(dir.resolve("f"), "one");
    FileSource loaded = loaded(file);
    assertTrue(loaded.again().sameAs(loaded));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertTrue(loaded.again().sameAs(loaded));
    Path other = Files.writeString(dir.resolve("new"), "one");
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(loaded.again().sameAs(loaded));
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, before);
    assertFalse(loaded.again().sameAs(loaded));
  }

  @Test
  void aLinkThatLeadsElsewhereAndADirectoryThatIsReplacedCount() throws Exception {
    Path a = Files.createDirectory(dir.resolve("a"));
    Path b = Files.createDirectory(dir.resolve("b"));
    Files.writeString(a.resolve("f"), "one");
    Files.writeString(b.resolve("f"), "two");
    Path link = Files.createSymbolicLink(dir.resolve("link"), a);
    FileSource loaded = loaded(link.resolve("f"));
    Files.delete(link);
    Files.createSymbolicLink(link, b);
    FileSource now = loaded.again();
    assertFalse(now.sameAs(loaded));
    assertArrayEquals(new byte[] {'t', 'w', 'o'}, now.bytes(link.resolve("f")));
  }

  @Test
  void comingAndGoingCountAndAreToldApart() throws Exception {
    Path file = dir.resolve("f");
    FileSource before = FileSource.atStart();
    assertEquals(Why.MISSING, why(before, file));
    assertTrue(before.again().sameAs(before));
    Files.createDirectory(file);
    FileSource then = before.again();
    assertFalse(then.sameAs(before));
    assertEquals(Why.DIRECTORY, why(then, file));
    Files.delete(file);
    Files.write(file, new byte[FileReads.MAX_BYTES + 1]);
    assertEquals(Why.TOO_LARGE, why(then.again(), file));
  }

  @Test
  void aFileIsReadOnce() throws Exception {
    int[] reads = {0};
    FileReads counting =
        new FileReads(
            (file, pipes) -> {
              reads[0]++;
              return new FileReads.Content(new byte[] {1}, true);
            });
    FileSource source = new FileSource(counting, SHORT);
    assertArrayEquals(source.bytes(dir), source.bytes(dir));
    assertEquals(1, reads[0]);
  }

  @Test
  void errorsThatPassByThemselvesAreToldFromOthers() {
    FileReads failing =
        new FileReads(
            (file, pipes) -> {
              throw switch (file.toString()) {
                case "missing" -> new NoSuchFileException("missing");
                case "denied" -> new AccessDeniedException("denied");
                case "short" -> new IOException("Too many open files");
                default -> new IOException("Input/output error");
              };
            });
    FileSource source = new FileSource(failing, SHORT);
    for (String name : new String[] {"missing", "denied", "short", "disk"}) {
      UnreadableException e =
          assertThrows(UnreadableException.class, () -> source.bytes(Path.of(name)));
      assertEquals(name.equals("short") || name.equals("disk"), e.passing(), e.getMessage());
    }
  }

  @Test
  void withoutAThreadAFileIsNotReadForNow() throws Exception {
    AtomicBoolean left = new AtomicBoolean();
    FileReads needy =
        new FileReads(
            (file, pipes) -> new FileReads.Content(new byte[] {1}, true),
            task -> {
              if (!left.get()) throw new OutOfMemoryError("unable to create native thread: no");
              task.run();
            });
    FileSource source = new FileSource(needy, SHORT);
    UnreadableException e = assertThrows(UnreadableException.class, () -> source.bytes(dir));
    assertTrue(e.passing(), e.getMessage());
    assertTrue(e.getMessage().contains("no more threads"), e.getMessage());
    left.set(true);
    assertArrayEquals(new byte[] {1}, source.again().bytes(dir));
  }

  // -- what never answers

  @Test
  void aPipeThatNothingIsWrittenToIsGivenUpAndReadWhenSomethingIs() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    int[] reads = {0};
    FileReads pipe =
        new FileReads(
            (file, pipes) -> {
              reads[0]++;
              await(written);
              return new FileReads.Content(new byte[] {7}, false);
            });
    FileSource start = new FileSource(pipe, SHORT);
    assertEquals(Why.STUCK, why(start, dir));
    FileSource still = start.again();
    assertEquals(Why.STUCK, why(still, dir));
    assertTrue(still.sameAs(start), "one line, not one for each look");
    written.countDown();
    FileSource now = until(still, dir);
    assertArrayEquals(new byte[] {7}, now.bytes(dir));
    assertEquals(1, reads[0], "one thread a file");
  }

  @Test
  void aFileThatTakesThePlaceOfOneThatHangsIsRead() throws Exception {
    Path file = Files.writeString(dir.resolve("f"), "hangs");
    CountDownLatch never = new CountDownLatch(1);
    FileReads reads =
        new FileReads(
            (path, pipes) -> {
              byte[] bytes = Files.readAllBytes(path);
              if (bytes.length == "hangs".length()) await(never);
              return new FileReads.Content(bytes, true);
            });
    FileSource start = new FileSource(reads, SHORT);
    assertEquals(Why.STUCK, why(start, file));
    assertEquals(Why.STUCK, why(start.again(), file));
    Path other = Files.writeString(dir.resolve("new"), "good");
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals("good", Files.readString(file));
    FileSource now = until(start, file);
    assertArrayEquals("good".getBytes(StandardCharsets.US_ASCII), now.bytes(file));
    never.countDown();
  }

  private static FileSource until(FileSource source, Path file) throws Exception {
    for (int i = 0; i < 1000; i++) {
      source = source.again();
      try {
        byte[] unused = source.bytes(file);
        return source;
      } catch (UnreadableException e) {
        assertEquals(Why.STUCK, e.why());
      }
    }
    throw new AssertionError("it is never read");
  }

  @Test
  void threadsThatWaitForFilesAreBounded() {
    CountDownLatch never = new CountDownLatch(1);
    FileReads hanging =
        new FileReads(
            (file, pipes) -> {
              await(never);
              throw new IOException("over");
            });
    FileSource source = new FileSource(hanging, Duration.ofMillis(1));
    for (int i = 0; i < FileReads.MOST_STUCK; i++)
      assertEquals(Why.STUCK, why(source, dir.resolve("f" + i)));
    UnreadableException e =
        assertThrows(UnreadableException.class, () -> source.bytes(dir.resolve("one more")));
    assertTrue(e.getMessage().startsWith("it is not read, since "), e.getMessage());
    never.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  // -- what gives its bytes once

  @Test
  void aPipeIsNotOpenedAgainUnlessItIsAskedForAnew() throws Exception {
    int[] opened = {0};
    FileReads pipe =
        new FileReads(
            (file, pipes) ->
                new FileReads.Content(
                    pipes ? new byte[] {(byte) ++opened[0]} : new byte[0], false));
    FileSource source = new FileSource(pipe, SHORT);
    assertArrayEquals(new byte[] {1}, source.bytes(dir));
    source.forget();
    FileSource later = source.again().again();
    assertTrue(later.sameAs(source));
    assertArrayEquals(new byte[] {1}, later.bytes(dir), "it is loaded with whatever has changed");
    FileSource anew = later.anew();
    assertFalse(anew.sameAs(later));
    assertArrayEquals(new byte[] {2}, anew.bytes(dir));
  }
}
