package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final Logger log = LoggerFactory.getLogger("wsp.test");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** What the shipped appender writes while this runs. */
  private List<String> lines(Runnable logging) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    StandardOutput shipped = (StandardOutput) context.getLogger("ROOT").getAppender("stdout");
    var copy =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            bytes.writeBytes(shipped.format().apply(event).getBytes(StandardCharsets.UTF_8));
          }
        };
    copy.setContext(context);
    copy.start();
    context.getLogger("ROOT").addAppender(copy);
    try {
      logging.run();
    } finally {
      context.getLogger("ROOT").detachAppender(copy);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @AfterEach
  void levelAsItWas() {
    Logging.setLevel("info");
  }

  @Test
  void aLineHasTimeLevelAndMessage() {
    List<String> lines = lines(() -> log.info("[{}] {}", "GET", "http://é/"));
    assertEquals(1, lines.size());
    String time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}";
    assertTrue(lines.get(0).matches(time + " INFO  \\[GET] http://é/"), lines.get(0));
  }

  @Test
  void anEventIsOneLineWhateverIsInIt() {
    var cause = new IllegalStateException("inner\r\nINJECTED2");
    var thrown = new RuntimeException("outer\nINJECTED1\u001b[31m", cause);
    lines(() -> log.warn("a\nINJECTED0 {}", "\u0085x\u2028", thrown));
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(line.length() - 1, line.indexOf('\n'), line);
    assertFalse(
        line.contains("\u001b") || line.contains("\u0085") || line.contains("\u2028"), line);
    assertTrue(
        line.contains("a\\nINJECTED0 \\u0085x\\u2028 RuntimeException: outer\\nINJECTED1"), line);
    assertTrue(line.contains(" (at wsp.log.LoggingTest."), line);
    assertTrue(line.contains(", caused by IllegalStateException: inner\\r\\nINJECTED2"), line);
  }

  @Test
  void secretsOfUrlsAreTakenOutWhereverTheyAre() {
    var thrown = new RuntimeException("http://al:hush@a.test/ failed");
    String line = lines(() -> log.warn("{}", "ws://a.test/?token=hush", thrown)).get(0);
    assertFalse(line.contains("hush"), line);
    assertTrue(line.contains(" ws://a.test/?token=*** RuntimeException: http://***@a"), line);
  }

  @Test
  void aCircleOfCausesEnds() {
    var inner = new RuntimeException("inner");
    var outer = new RuntimeException("outer", inner);
    inner.initCause(outer);
    assertEquals(1, lines(() -> log.warn("x", outer)).size());
  }

  @Test
  void anExceptionWithoutMessageOrFramesIsNamed() {
    Throwable bare =
        new Throwable(null, null, false, false) {
          private static final long serialVersionUID = 1;
        };
    assertTrue(lines(() -> log.warn("x", bare)).get(0).endsWith("x LoggingTest$2"));
  }

  @Test
  void theLevelOfTheDaemonsCanBeSet() {
    assertEquals(List.of(), lines(() -> log.debug("hidden")));
    Logging.setLevel("DEBUG");
    assertEquals(1, lines(() -> log.debug("shown")).size());
    assertThrows(IllegalArgumentException.class, () -> Logging.setLevel("loud"));
  }

  @Test
  void librariesAreHeardFromWarningsOn() {
    Logger library = LoggerFactory.getLogger("org.library");
    assertEquals(List.of(), lines(() -> library.info("hidden")));
    assertEquals(1, lines(() -> library.warn("shown")).size());
  }

  @Test
  void javaUtilLoggingGoesIntoTheSameLog() {
    Logging.start();
    var jul = java.util.logging.Logger.getLogger("org.library.jul");
    assertFalse(jul.isLoggable(java.util.logging.Level.INFO));
    List<String> lines = lines(() -> jul.warning("from\nthere"));
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).endsWith(" WARN  from\\nthere"), lines.get(0));
  }
}
