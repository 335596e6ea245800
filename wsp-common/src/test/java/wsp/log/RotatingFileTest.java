package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  @TempDir Path directory;

  private final List<IOException> problems = new ArrayList<>();

  private RotatingFile open(long maxBytes, int keep) throws IOException {
    return new RotatingFile(log(), maxBytes, keep, problems::add);
  }

  private Path log() {
    return directory.resolve("a%d(1).log");
  }

  private Path aside(int n) {
    return directory.resolve("a%d(1).log." + n);
  }

  private static void write(RotatingFile file, String text) throws IOException {
    byte[] bytes = ("#" + text).getBytes(StandardCharsets.UTF_8);
    file.write(bytes, 1, bytes.length - 1);
  }

  @Test
  void noFileGrowsBeyondTheSizeAndNoLineIsCut() throws IOException {
    try (RotatingFile file = open(10, 3)) {
      write(file, "1234\n5678\n90\nabc\ndef\n");
      write(file, "ghij\n");
    }
    assertEquals("1234\n5678\n", Files.readString(aside(2)));
    assertEquals("90\nabc\n", Files.readString(aside(1)));
    assertEquals("def\nghij\n", Files.readString(log()));
  }

  @Test
  void onlySoManyAreKept() throws IOException {
    try (RotatingFile file = open(5, 2)) {
      for (int i = 0; i < 5; i++) write(file, "no " + i + "\n");
    }
    assertEquals("no 4\n", Files.readString(log()));
    assertEquals("no 3\n", Files.readString(aside(1)));
    assertEquals("no 2\n", Files.readString(aside(2)));
    assertFalse(Files.exists(aside(3)));
  }

  @Test
  void aLineLongerThanAFileHasOneOfItsOwn() throws IOException {
    try (RotatingFile file = open(5, 3)) {
      write(file, "a\n123456789\nb\n");
    }
    assertEquals("a\n", Files.readString(aside(2)));
    assertEquals("123456789\n", Files.readString(aside(1)));
    assertEquals("b\n", Files.readString(log()));
  }

  @Test
  void whatIsThereIsCountedAndContinued() throws IOException {
    Files.writeString(log(), "there\n");
    try (RotatingFile file = open(10, 3)) {
      write(file, "abc\n");
      write(file, "d\n");
    }
    assertEquals("there\nabc\n", Files.readString(aside(1)));
    assertEquals("d\n", Files.readString(log()));
  }

  @Test
  void aFileThatIsMovedOrRemovedIsBegunAgain() throws IOException {
    try (RotatingFile file = open(100, 3)) {
      write(file, "one\n");
      Files.move(log(), directory.resolve("moved"));
      write(file, "two\n");
      Files.delete(log());
      Files.createFile(log());
      write(file, "three\n");
    }
    assertEquals("one\n", Files.readString(directory.resolve("moved")));
    assertEquals("three\n", Files.readString(log()));
  }

  /** As logrotate does with copytruncate. */
  @Test
  void aFileThatIsEmptiedHasItsWholeSizeAgain() throws IOException {
    try (RotatingFile file = open(10, 3)) {
      write(file, "one\ntwo\n");
      Files.writeString(log(), "");
      write(file, "three\n");
      write(file, "abc\n");
      assertFalse(Files.exists(aside(1)));
      write(file, "four\n");
    }
    assertEquals("three\nabc\n", Files.readString(aside(1)));
    assertEquals("four\n", Files.readString(log()));
  }

  @Test
  void whatCannotBePutAsideGrowsOnAndIsSaidOnce() throws IOException {
    Files.createDirectories(aside(1).resolve("occupied"));
    try (RotatingFile file = open(5, 1)) {
      for (int i = 0; i < 4; i++) write(file, "no " + i + "\n");
    }
    assertEquals(1, problems.size());
    assertEquals("no 0\nno 1\nno 2\nno 3\n", Files.readString(log()));
  }

  @Test
  void whatCouldNotBePutAsideIsTriedAgain() throws IOException {
    Path obstacle = Files.createDirectories(aside(1).resolve("occupied"));
    try (RotatingFile file = open(5, 1)) {
      write(file, "no 0\n");
      write(file, "no 1\nlonger than that\n");
      Files.delete(obstacle);
      Files.delete(aside(1));
      for (int i = 2; i < 6; i++) write(file, "no " + i + "\n");
    }
    assertEquals(1, problems.size());
    assertEquals("no 5\n", Files.readString(log()));
    assertEquals("no 4\n", Files.readString(aside(1)));
  }

  @Test
  void whatIsNoFileThatFillsIsNeverRenamed() throws Exception {
    Path pipe = directory.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    // Both ends, so that opening it does not wait for the other one.
    try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw");
        RotatingFile file = new RotatingFile(pipe, 5, 1, problems::add)) {
      for (int i = 0; i < 4; i++) write(file, "no " + i + "\n");
      assertTrue(problems.isEmpty());
      assertFalse(Files.exists(directory.resolve("pipe.1")));
      byte[] got = new byte[20];
      reader.readFully(got);
      assertEquals("no 0\nno 1\nno 2\nno 3\n", new String(got, StandardCharsets.UTF_8));
    }
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsPutAsideBesideItself() throws IOException {
    Path big = Files.createDirectory(directory.resolve("big"));
    Path first = Files.createSymbolicLink(directory.resolve("first"), big.resolve("a.log"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), first);
    try (RotatingFile file = new RotatingFile(link, 5, 2, problems::add)) {
      for (int i = 0; i < 3; i++) write(file, "no " + i + "\n");
    }
    assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(first));
    assertEquals("no 2\n", Files.readString(big.resolve("a.log")));
    assertEquals("no 1\n", Files.readString(big.resolve("a.log.1")));
    assertEquals("no 0\n", Files.readString(big.resolve("a.log.2")));
    assertTrue(problems.isEmpty());
  }

  /** As /dev/stdout does, where standard output is a file. */
  @Test
  void whatIsReachedThroughAProcessIsNeverRenamed() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    Path target = directory.resolve("stdout.log");
    try (FileChannel open =
        FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Path fd = descriptorOf(target);
      Path link = Files.createSymbolicLink(directory.resolve("link"), fd);
      try (RotatingFile file = new RotatingFile(link, 5, 2, problems::add)) {
        for (int i = 0; i < 3; i++) write(file, "no " + i + "\n");
      }
      assertTrue(open.isOpen() && Files.isSymbolicLink(link));
    }
    assertEquals("no 0\nno 1\nno 2\n", Files.readString(target));
    assertFalse(Files.exists(directory.resolve("stdout.log.1")));
  }

  private static Path descriptorOf(Path target) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(fd -> leadsTo(fd, target)).findFirst().orElseThrow();
    }
  }

  private static boolean leadsTo(Path fd, Path target) {
    try {
      return Files.readSymbolicLink(fd).equals(target.toAbsolutePath());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsNoFileIsAnError() throws IOException {
    Files.createDirectory(log());
    assertThrows(IOException.class, () -> open(5, 1));
    Path nowhere = directory.resolve("missing").resolve("a.log");
    assertThrows(IOException.class, () -> new RotatingFile(nowhere, 5, 1, problems::add));
    assertTrue(problems.isEmpty());
  }
}
