package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a daemon with {@code logformat: json} writes to standard output. */
class JsonEncoderTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StandardOutput appender = new StandardOutput(new JsonEncoder(), written);

  private List<JsonNode> objects(Runnable logging) throws Exception {
    appender.setContext(context);
    appender.start();
    context.getLogger("ROOT").addAppender(appender);
    logging.run();
    appender.queue.flush();
    List<JsonNode> all = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).split("\n"))
      all.add(new ObjectMapper().readTree(line));
    return all;
  }

  @Test
  void anEventIsOneObjectWithStableNames() throws Exception {
    Logger log = context.getLogger("wsp.test");
    JsonNode o = objects(() -> log.info("[{}] {}", "GET", "http://é/")).get(0);
    List<String> names = new ArrayList<>();
    o.fieldNames().forEachRemaining(names::add);
    assertEquals(List.of("time", "level", "logger", "thread", "message"), names);
    assertEquals("INFO", o.get("level").textValue());
    assertEquals("wsp.test", o.get("logger").textValue());
    assertEquals("[GET] http://é/", o.get("message").textValue());
    assertTrue(OffsetDateTime.parse(o.get("time").textValue()).getYear() > 2000);
  }

  @Test
  void whateverIsInItItIsOneLineWithoutSecrets() throws Exception {
    Logger log = context.getLogger("wsp.test");
    var thrown = new RuntimeException("http://al:hush@a.test/ \"failed\"\nINJECTED\u001b[31m");
    List<JsonNode> all =
        objects(() -> log.warn("a\r\n{\"x\":1} ws://a.test/?token=hush \ud83d \u2028", thrown));
    assertEquals(1, all.size());
    String message = all.get(0).get("message").textValue();
    assertTrue(message.startsWith("a\\r\\n{\"x\":1} ws://a.test/?token=***"), message);
    String exception = all.get(0).get("exception").textValue();
    assertTrue(exception.startsWith("RuntimeException: http://***@a.test/ \"failed\"\\nINJ"));
    assertFalse(written.toString(StandardCharsets.UTF_8).contains("hush"));
  }

  @Test
  void linesOfTheAccessLogStandAsTheyAreIfTheyAreObjects() throws Exception {
    Logger access = context.getLogger(Logging.ACCESS);
    List<JsonNode> all =
        objects(
            () -> {
              access.info("{\"id\":\"{}\"}");
              access.info("- - - [x] \"GET\"");
            });
    assertEquals("{\"id\":\"{}\"}", all.get(0).toString());
    assertEquals("- - - [x] \"GET\"", all.get(1).get("message").textValue());
    assertEquals("wsp.access", all.get(1).get("logger").textValue());
  }

  @Test
  void inPlainLinesTheAccessLogIsNotPrefixed() throws Exception {
    appender.format(new LineEncoder(false));
    objects(() -> context.getLogger(Logging.ACCESS).info("{}"));
    assertEquals("{}\n", written.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theEffectiveConfigurationIsOneObjectToo() throws Exception {
    String line = Logging.inOneLine(Map.of("Port", 8080));
    assertEquals(-1, line.indexOf('\n'));
    JsonNode o = new ObjectMapper().readTree(line);
    assertEquals(8080, o.get("configuration").get("Port").intValue());
    assertEquals("INFO", o.get("level").textValue());
  }
}
