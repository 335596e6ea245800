package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LineLoggerTest {
  private static final String LOGGER = "wsp.test.lines";

  private final Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
  private final LineLogger lines = new LineLogger(LOGGER);
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final StandardOutput output = new StandardOutput(new LineEncoder(false), written);

  @BeforeEach
  void listen() {
    events.start();
    logger.addAppender(events);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    output.setContext(context);
    output.start();
  }

  @AfterEach
  void stop() {
    LineLogger.write(null, false);
    logger.detachAppender(events);
    output.stop();
  }

  private void log(boolean warn, Consumer<LineBuffer> message) {
    LineBuffer line = lines.begin(warn);
    message.accept(line);
    lines.end(line, warn);
  }

  private String writtenText() {
    output.queue.flush();
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineOfBytesLooksLikeAnEventsLine() {
    LineLogger.write(output, false);
    log(false, l -> l.ascii('[').text("GET", 50).ascii("] ").number(200).ascii(' ').millis(4056));
    log(true, l -> l.text("é\n", 50));
    String time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}";
    String text = writtenText();
    assertTrue(
        text.matches(time + " INFO  \\[GET] 200 0\\.004\n" + time + " WARN  é\\\\n\n"), text);
    assertEquals(0, events.list.size());
  }

  @Test
  void elsewhereItIsAnEvent() {
    log(true, l -> l.text("a\nb", 50).ascii(' ').number(1234567890123L));
    log(false, l -> l.ascii("c"));
    assertEquals("a\\nb 1234567890123", events.list.get(0).getFormattedMessage());
    assertEquals(Level.WARN, events.list.get(0).getLevel());
    assertEquals("c", events.list.get(1).getFormattedMessage());
    assertEquals(Level.INFO, events.list.get(1).getLevel());
    assertEquals("", writtenText());
  }

  @Test
  void anObjectHasMembersOfItsOwn() throws Exception {
    LineLogger.write(null, true);
    LineBuffer line = lines.begin(false);
    lines.end(line.ascii("m"), false, Map.of("url", "http://a:b@c/\n", "status", 200));
    String json = new JsonEncoder().apply(events.list.get(0));
    var o = new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
    assertEquals("m", o.get("message").textValue());
    assertEquals("http://***@c/\\n", o.get("url").textValue());
    assertEquals(200, o.get("status").intValue());
  }

  @Test
  void theLevelCounts() {
    assertTrue(lines.wants(false) && lines.wants(true));
    logger.setLevel(Level.WARN);
    assertTrue(!lines.wants(false) && lines.wants(true));
  }

  /** The quick way and the one that everything else goes agree. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "http://u:p@a.test/;token=x",
        "a=b",
        "key=é",
        "\u0000\u001b[31m",
        "\ud83d half",
        "\ud83d\ude00",
        "0123456789012345",
        "012345678901234\ud83d\ude00",
        "\u202e"
      })
  void textIsMadeFitAsEverywhere(String text) {
    LineBuffer line = lines.begin(false);
    line.text(text, 16);
    assertEquals(LogText.escape(Redaction.urls(text), 16), line.messageText());
  }

  @Test
  void aLineMayBeVeryLong() {
    log(false, l -> l.text("x".repeat(100_000), 100_000).ascii("y".repeat(5000)));
    assertEquals(105_000, events.list.get(0).getFormattedMessage().length());
    log(false, l -> l.ascii("short"));
    assertEquals("short", events.list.get(1).getFormattedMessage());
  }
}
