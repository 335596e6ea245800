package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.admin.LiveSource.PoolRow;
import wsp.admin.LiveSource.RefusedRow;
import wsp.observe.ExchangeRecord;
import wsp.observe.Kind;

class FeedTest {
  private final Ended daemon = new Ended();
  private final Feed feed = daemon.feed();

  private static void has(String event, String part) {
    assertTrue(event.contains(part), event);
  }

  private static void hasNot(String event, String part) {
    assertFalse(event.contains(part), event);
  }

  @Test
  void theFirstPieceHasEverything() {
    daemon.completed("http://a/1");
    daemon.begun("http://a/2");
    daemon.pools = List.of(new PoolRow("zoo", 0, 1, 2, "no"), new PoolRow("ant", 0, 3, 4, ""));
    String first = feed.first();
    assertTrue(first.startsWith("retry: 2000\ndata: {"), first);
    assertTrue(first.endsWith("}\n\n"), first);
    has(first, "\"daemon\":\"wsp-test\",\"version\":\"1.2\",\"started\":1000");
    has(first, "\"title\":\"It broke\"");
    has(first, "\"poolCount\":2");
    has(first, "\"name\":\"ant\",\"connecting\":0,\"idle\":3,\"busy\":4}");
    assertTrue(first.indexOf("\"ant\"") < first.indexOf("\"zoo\""), "in order");
    has(first, "\"unready\":\"\"");
    has(first, "http://a/1");
    has(first, "\"phase\":\"connection\",\"method\":\"GET\",\"url\":\"http://a/2\"");
  }

  @Test
  void theNextHaveWhatHasChangedOnly() {
    daemon.completed("http://a/1");
    feed.first();
    ExchangeRecord e = daemon.begun("http://a/2");
    String begun = feed.next();
    has(begun, "\"inFlight\":1");
    has(begun, "http://a/2");
    hasNot(begun, "http://a/1");
    hasNot(begun, "pools");
    hasNot(begun, "words");
    e.connected();
    has(feed.next(), "\"phase\":\"answer\"");
    e.head(200);
    has(feed.next(), "\"phase\":\"body\"");
    e.responseBytes(77);
    has(feed.next(), "\"down\":77");
    e.kind(Kind.UPGRADE);
    e.requestBytes(78);
    has(feed.next(), "\"phase\":\"tunnel\"");
    daemon.outcomes.failed(e, Ended.Failure.BROKEN, "why", 0);
    String ended = feed.next();
    has(ended, "\"open\":[]");
    has(ended, "\"failed\":1");
    has(ended, "\"failure\":\"BROKEN\",\"detail\":\"why\"");
    daemon.unready = "it is tired";
    has(feed.next(), "\"unready\":\"it is tired\"");
    daemon.pools = List.of(new PoolRow("ant", 0, 3, 4, ""));
    has(feed.next(), "\"ant\"");
    daemon.refused = List.of(new RefusedRow("192.0.2.1", "no\nkey", 7, 1_000));
    has(
        feed.next(),
        "\"refused\":[{\"from\":\"192.0.2.1\",\"why\":\"no\\\\nkey\",\"count\":7,\"at\":1000}]");
  }

  @Test
  void asLongAsNothingChangesThereAreCommentsAndNowAndThenTheTime() {
    feed.first();
    for (int round = 0; round < 2; round++) {
      for (int i = 1; i < Feed.QUIET; i++) assertEquals(Feed.COMMENT, feed.next());
      assertTrue(feed.next().startsWith("data: {\"now\":"));
    }
  }

  @Test
  void aPieceIsOneLineWithoutSecretsWhateverComes() {
    ExchangeRecord e = new ExchangeRecord("a\nb", "\r", "G\n\ndata: x", "\u2028");
    e.destination("http://user:hunter2@a/\u202e");
    e.peer("wss://me:hunter3@server/register?token=hunter4");
    daemon.outcomes.begun(e);
    daemon.outcomes.failed(e, Ended.Failure.BROKEN, "http://x/?apikey=hunter5\n", 500);
    String first = feed.first();
    assertEquals(4, first.lines().count() + 1, first);
    hasNot(first, "hunter");
    has(first, "a\\\\nb");
    has(first, "\\\\u202e");
  }

  @Test
  void ofMoreThanCanBeReadSomeAreShownAndAllAreCounted() {
    for (int i = 0; i < Feed.OPEN_SHOWN + 9; i++) daemon.begun("http://a/");
    String first = feed.first();
    has(first, "\"inFlight\":" + (Feed.OPEN_SHOWN + 9));
    assertEquals(Feed.OPEN_SHOWN, first.split("\"phase\"", -1).length - 1);
  }
}
