package wsp.server.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import wsp.limit.Refusals;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeLines.Weight;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.observe.Failures;
import wsp.observe.Outcomes;

/** What is left of the lines when failures come in floods. */
class FailureLineReasonsTest {
  private static final int FLOOD = 1000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(ExchangeLines.LOGGER);
  private final FailureLineReasons reasons = new FailureLineReasons(new Refusals());

  @BeforeEach
  void warnings() {
    logger.setLevel(Level.WARN);
  }

  @AfterEach
  void asBefore() {
    logger.setLevel(null);
  }

  private static ExchangeRecord failed(ProxyError error, String caller) {
    ExchangeRecord e = new ExchangeRecord("id", "", "GET", "192.0.2.1:5000");
    e.caller(caller);
    new Outcomes<>(new Failures<>(ProxyError.class), ExchangeObserver.NONE)
        .failed(e, error, "", 526);
    return e;
  }

  /** The weights that occur in a flood, without those of its beginning. */
  private Set<Weight> flood(ProxyError error, String caller) {
    int warned = 0;
    Set<Weight> others = new HashSet<>();
    for (int i = 0; i < FLOOD; i++) {
      Weight weight = reasons.weight(failed(error, caller));
      if (weight == Weight.WARN) warned++;
      else others.add(weight);
    }
    assertTrue(warned < FLOOD / 2, warned + " warnings");
    return others;
  }

  @ParameterizedTest
  @EnumSource(value = ProxyError.class, names = "CALLER_LEFT", mode = EnumSource.Mode.EXCLUDE)
  void aKnownCallersFailureKeepsItsLine(ProxyError error) {
    Weight rest = error == ProxyError.TOO_MANY_CALLERS ? Weight.NONE : Weight.INFO;
    assertEquals(Set.of(rest), flood(error, "billing"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ProxyError.class,
      names = {"UNAUTHORIZED", "UNKNOWN_PATH", "TOO_MANY_CALLERS", "MISSING_DESTINATION"})
  void aStrangersFaultIsCountedOnly(ProxyError error) {
    assertEquals(Set.of(Weight.NONE), flood(error, ""));
  }

  @ParameterizedTest
  @EnumSource(
      value = ProxyError.class,
      names = {"NO_CLIENT", "CONNECTION_LOST", "INVALID_ANSWER", "CALLER_LEFT"})
  void whatOthersHaveDoneKeepsItsLine(ProxyError error) {
    assertEquals(Set.of(Weight.INFO), flood(error, ""));
  }
}
