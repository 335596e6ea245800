package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ExchangeLinesTest {
  private enum Row {
    BROKEN,
    STRANGE
  }

  private final Logger logger = (Logger) LoggerFactory.getLogger("wsp.exchange");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  private final ExchangeLines.Reasons reasons =
      new ExchangeLines.Reasons() {
        @Override
        public ExchangeLines.Weight weight(ExchangeRecord failed) {
          if (failed.failure().equals(Row.STRANGE.name())) return ExchangeLines.Weight.NONE;
          return Outcomes.isUnwanted(failed.failure())
              ? ExchangeLines.Weight.INFO
              : ExchangeLines.Weight.WARN;
        }

        @Override
        public String why(ExchangeRecord failed) {
          return failed.failure() + " (" + failed.detail() + ")";
        }
      };

  private final Outcomes<Row> server =
      new Outcomes<>(new Failures<>(Row.class), new ExchangeLines("", "client", reasons));
  private final Outcomes<Row> client =
      new Outcomes<>(new Failures<>(Row.class), new ExchangeLines("dc-1", "target", reasons));

  @BeforeEach
  void listen() {
    events.start();
    logger.addAppender(events);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(events);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private String line(Level level) {
    assertEquals(1, events.list.size(), events.list.toString());
    assertEquals(level, events.list.get(0).getLevel());
    return events.list.get(0).getFormattedMessage();
  }

  private static ExchangeRecord get(String id) {
    ExchangeRecord e = new ExchangeRecord(id, "", "GET", "192.0.2.1:5000");
    e.destination("http://a.test/x");
    return e;
  }

  private static void matches(String line, String pattern) {
    assertTrue(line.matches(pattern.replace("TIME", "\\d+\\.\\d{3} ms")), line);
  }

  @Test
  void aWholeExchangeIsOneLineAtItsEnd() {
    ExchangeRecord e = get("4f-1");
    server.begun(e);
    e.caller("billing");
    e.peer("dc-1");
    e.head(200);
    assertEquals(List.of(), events.list);
    server.completed(e);
    server.completed(e);
    matches(
        line(Level.INFO),
        "\\[GET] http://a\\.test/x 200 in TIME, caller billing, client dc-1, request id 4f-1");
  }

  @Test
  void aClientsLineNamesItAndWhereTheRequestCameFrom() {
    ExchangeRecord e = get("4f-1");
    e.peer("ws://b.test/register");
    e.head(404);
    client.completed(e);
    matches(
        line(Level.INFO),
        "\\[GET] http://a\\.test/x 404 in TIME, client dc-1, target ws://b\\.test/register,"
            + " request id 4f-1");
  }

  @Test
  void anErrorOfTheClientIsToldWithItsReason() {
    ExchangeRecord e = get("4f-1");
    e.peer("dc-1");
    e.head(527);
    e.proxyStatus("wsp-client; error=connection_refused; details=\"no\"");
    server.completed(e);
    matches(
        line(Level.INFO),
        "\\[GET] http://a\\.test/x 527 in TIME, client dc-1: wsp-client; error=connection_refused;"
            + " details=\"no\", request id 4f-1");
  }

  @Test
  void aFailureHasUrlReasonRuleAndIdInOneLine() {
    ExchangeRecord e = get("4f-1");
    e.rule("blacklist[0] url /x");
    server.failed(e, Row.BROKEN, "why", 526);
    matches(
        line(Level.WARN),
        "\\[GET] http://a\\.test/x 526 in TIME: BROKEN \\(why\\) \\(blacklist\\[0] url /x\\), from"
            + " 192\\.0\\.2\\.1:5000, request id 4f-1");
  }

  @Test
  void aDestinationThatCannotBeReadIsShownWithoutSecrets() {
    ExchangeRecord e = new ExchangeRecord("4f-1", "", "GET", "");
    e.unusable("http://al:hush@a.test/\u001bx?token=hush#key=hush");
    server.failed(e, Row.BROKEN, "", 526);
    String line = line(Level.WARN);
    assertTrue(line.startsWith("[GET] http://***@a.test/\\u001bx 526 in "), line);
    assertTrue(!line.contains("hush"), line);
  }

  @Test
  void withoutADestinationThereIsStillALine() {
    ExchangeRecord e = new ExchangeRecord("4f-1", "", "GET", "");
    server.cancelled(e);
    matches(line(Level.INFO), "\\[GET] - 499 in TIME: CANCELLED \\(\\), request id 4f-1");
  }

  @Test
  void whatIsWithheldHasNone() {
    server.failed(get("1"), Row.STRANGE, "", 407);
    assertEquals(List.of(), events.list);
  }

  @Test
  void atWarnOnlyFailuresAreWritten() {
    logger.setLevel(Level.WARN);
    server.completed(get("1"));
    server.cancelled(get("2"));
    server.failed(get("3"), Row.BROKEN, "", 526);
    assertTrue(line(Level.WARN).endsWith(", request id 3"));
  }

  @Test
  void whateverStrangersSendIsOneShortLine() {
    String evil = "a\r\n2026-01-01 00:00:00.000 INFO  x\u0000\u202e".repeat(500);
    ExchangeRecord e = new ExchangeRecord("4f-1", evil, evil, evil);
    e.destination(evil);
    e.caller(evil);
    e.peer(evil);
    e.rule(evil);
    server.failed(e, Row.BROKEN, evil, 526);
    String line = line(Level.WARN);
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c != 0x202e), line);
    assertTrue(line.length() < 20_000, line.length() + " characters");
  }
}
