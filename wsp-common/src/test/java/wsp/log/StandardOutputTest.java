package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StandardOutputTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("test");
  private final CountDownLatch read = new CountDownLatch(1);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  /** A pipe that nobody reads at first. */
  private final ByteArrayOutputStream pipe =
      new ByteArrayOutputStream() {
        @Override
        public void write(byte[] bytes, int from, int length) {
          try {
            read.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          written.write(bytes, from, length);
        }
      };

  private final StandardOutput appender = appender();

  private StandardOutput appender() {
    LineEncoder encoder = new LineEncoder(false);
    StandardOutput made = new StandardOutput(encoder, pipe);
    made.setContext(context);
    made.start();
    log.setLevel(Level.INFO);
    log.addAppender(made);
    return made;
  }

  private List<String> lines() {
    appender.queue.flush();
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @AfterEach
  void readOn() {
    read.countDown();
  }

  @Test
  void linesComeInOrder() {
    read.countDown();
    for (int i = 0; i < 1000; i++) log.info("{}", i);
    log.error("the end");
    List<String> lines = lines();
    assertEquals(1001, lines.size());
    for (int i = 0; i < 1000; i++) assertTrue(lines.get(i).endsWith(" " + i), lines.get(i));
  }

  @Test
  @Timeout(60)
  void nobodyWaitsForAPipeThatIsNotReadAndWhatIsDroppedIsCounted() {
    String text = "x".repeat(1000);
    for (int i = 0; i < 5000; i++) log.warn(text);
    appender.queue.flush();
    assertEquals(0, written.size());
    read.countDown();
    List<String> lines = lines();
    List<String> gaps = lines.stream().filter(l -> l.contains("lines are missing here")).toList();
    assertEquals(1, gaps.size());
    String missing = gaps.get(0).replaceFirst(".* WARN +(\\d+) lines.*", "$1");
    assertEquals(5000, lines.size() - 1 + Integer.parseInt(missing));
    assertTrue(written.size() > 1 << 19, written.size() + " bytes");
    log.info("it goes on");
    assertTrue(lines().get(lines.size()).endsWith("it goes on"));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  @Timeout(60)
  void aLineIsDrawnBelowTheLogByItselfAndGoneInTheEnd() throws Exception {
    read.countDown();
    Semaphore asked = new Semaphore(0);
    AtomicInteger n = new AtomicInteger();
    Supplier<String> state =
        () -> {
          asked.release();
          return "state " + n.incrementAndGet();
        };
    appender.queue.below(new TerminalLine(state, () -> 80, false));
    asked.acquire(3);
    log.warn("hello");
    // The first may have been on its way already; the second comes after that line.
    asked.acquire(2);
    appender.queue.end();
    appender.queue.end();
    String text = text();
    assertTrue(text.startsWith("\r\u001b[K\u001b[?7lstate 1\u001b[?7h\r\u001b[K"), text);
    assertTrue(text.contains("\u001b[?7lstate 2\u001b[?7h\r\u001b[K"), text);
    assertTrue(text.replaceAll("(?s)hello\n.*", "").endsWith(" WARN  "), text);
    String last = text.substring(text.lastIndexOf("\r\u001b[K"));
    assertFalse(last.contains("state"), text);
    log.warn("later");
    appender.queue.flush();
    assertTrue(text().substring(text.length()).matches("[-0-9:. ]+ WARN  later\n"), text());
  }

  @Test
  void withoutALineThereIsNoEscape() {
    read.countDown();
    log.info("one");
    log.error("two");
    lines();
    assertFalse(text().contains("\u001b"), text());
  }

  @Test
  void coloursAreForTheLevelAlone() {
    LineEncoder encoder = new LineEncoder(true);
    for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG)) {
      LoggingEvent event = new LoggingEvent("x", log, level, "text", null, null);
      String line = encoder.apply(event);
      String pattern = "[-0-9:. ]+ \u001b\\[[0-9;]+m" + level + "\u001b\\[0m +text\n";
      assertTrue(line.matches(pattern), line);
    }
  }
}
