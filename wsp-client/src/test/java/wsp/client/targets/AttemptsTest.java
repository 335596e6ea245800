package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;

class AttemptsTest {
  private static final long MILLI = 1_000_000;

  private final ClientLink link = new FakeLink(1);
  private final Attempts attempts = new Attempts(new Backoff(Duration.ofMillis(100), () -> 0.5));

  private void open() {
    attempts.begin(1, 0);
    attempts.opened(link, true);
  }

  @Test
  void theServerIsLeftAloneWhileTheDelayBehindAFailureLasts() {
    assertEquals(2, attempts.begin(2, 0));
    attempts.failed();
    assertEquals(Duration.ofMillis(50), attempts.pause(false, 0));
    assertEquals(0, attempts.begin(2, 49 * MILLI));
    assertEquals(2, attempts.begin(2, 50 * MILLI));
    assertFalse(attempts.waiting());
  }

  @Test
  void theDelayIsLongerBehindEachFailureUntilALinkServes() {
    assertEquals(50, attempts.pause(false, 0).toMillis());
    assertEquals(100, attempts.pause(false, 0).toMillis());
    open();
    attempts.served(link);
    assertFalse(attempts.waiting());
    assertEquals(50, attempts.pause(false, 0).toMillis());
  }

  @Test
  void aServerThatClosesALinkBeforeItServedIsAskedByOneAtATime() {
    open();
    assertTrue(attempts.ended(link, Ending.OURS));
    attempts.refused("closed");
    assertEquals(1, attempts.begin(5, 0));
    assertEquals(0, attempts.begin(5, 0));
    assertFalse(attempts.opened(link, true));
    assertEquals(0, attempts.begin(5, 0));
    assertTrue(attempts.served(link), "the server wants us again");
    assertEquals(5, attempts.begin(5, 0));
  }

  @Test
  void aLinkThatLivesForSomeTicksIsWanted() {
    open();
    attempts.refused("closed");
    assertFalse(attempts.tick());
    assertFalse(attempts.tick());
    assertTrue(attempts.tick());
  }

  @Test
  void whatIsTakenBackWasNoAttempt() {
    attempts.begin(2, 0);
    attempts.takeBack();
    PoolCounts counts = attempts.counts("t", new OpenLinks(), 1);
    assertEquals(1, counts.connecting());
    assertEquals(1, counts.dials());
    assertEquals(0, counts.failedDials());
  }

  @Test
  void aReconnectIsAFirstLinkButForTheVeryFirst() {
    for (int i = 0; i < 3; i++) attempts.opened(new FakeLink(1), i != 1);
    assertEquals(1, attempts.counts("t", new OpenLinks(), 1).reconnects());
  }

  @Test
  void theWordsOfTheOtherEndAreToldAndAreNoNews() {
    assertTrue(attempts.isNews(new Dialer.Failure(true, "refused", ": request 1")));
    assertFalse(attempts.isNews(new Dialer.Failure(true, "refused", ": request 2")));
    assertEquals("refused: request 2", attempts.counts("target", new OpenLinks(), 1).lastFailure());
    assertTrue(attempts.isNews(new Dialer.Failure(true, "timeout")));
  }
}
