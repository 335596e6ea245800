package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogFileTest {
  @TempDir Path directory;

  @Test
  void linesOfManyThreadsAreAllThereAndWhole() throws Exception {
    int threads = 4;
    int each = 2_000;
    try (LogFile file = new LogFile(directory.resolve("a.log"), 64 << 10, 1000)) {
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "thread " + t + " line ";
        writers.add(
            new Thread(
                () -> {
                  for (int i = 0; i < each; i++) file.line(name + i);
                }));
      }
      writers.forEach(Thread::start);
      for (Thread writer : writers) writer.join();
      file.flush();
    }
    Set<String> lines = new HashSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path p : files.toList()) {
        assertTrue(Files.size(p) <= 64 << 10, p + " " + Files.size(p));
        lines.addAll(Files.readAllLines(p));
      }
    }
    assertEquals(threads * each, lines.size());
    for (int t = 0; t < threads; t++)
      assertTrue(lines.contains("thread " + t + " line " + (each - 1)));
    assertTrue(Files.exists(directory.resolve("a.log.1")), "it was put aside");
  }

  @Test
  void whatWaitsIsWrittenWhenTheProcessEndsWithoutAWord() throws Exception {
    try (LogFile file = new LogFile(directory.resolve("a.log"), 1 << 20, 1)) {
      file.line("the last word");
      Logging.flush();
      assertEquals("the last word\n", Files.readString(directory.resolve("a.log")));
    }
  }

  /** That device is always full. */
  @Test
  void aFullDiskStopsNobodyAndIsSaidInTheLog() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "this system has no /dev/full");
    Logger log = (Logger) LoggerFactory.getLogger(LogFile.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    try (LogFile file = new LogFile(full, 1 << 20, 1)) {
      for (int i = 0; i < 3; i++) {
        file.line("lost");
        file.flush();
      }
    } finally {
      log.detachAppender(said);
    }
    List<String> lines = said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(
        lines.get(0).startsWith("/dev/full cannot be written, 1 lines are lost so far: No space"),
        lines.get(0));
  }

  /** A pipe without a reader does not open. */
  @Test
  void aPipeThatNobodyReadsHoldsUpNothingAndItsLinesWait() throws Exception {
    Path pipe = directory.resolve("pipe");
    Assumptions.assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    try (LogFile file = new LogFile(pipe, 1 << 20, 1)) {
      file.line("one");
      file.line("two");
      try (BufferedReader reader = Files.newBufferedReader(pipe)) {
        assertEquals("one", reader.readLine());
        assertEquals("two", reader.readLine());
      }
    }
  }
}
