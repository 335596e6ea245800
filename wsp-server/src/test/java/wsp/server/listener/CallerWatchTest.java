package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.testing.Await;

/** What becomes of a connection in which nothing happens, and of one when its port ends. */
@Timeout(30)
class CallerWatchTest extends CallerFixture {
  @ParameterizedTest
  @CsvSource({
    // events               hours  what becomes of it
    "open,                  1,     stays",
    "open,                  3,     ends",
    "begin,                 1,     stays",
    "begin,                 3,     408",
    "get,                   9,     stays",
    "get answer,            3,     stays",
    "get answer,            5,     204",
    "get answer begin,      1,     stays",
    "get answer begin,      3,     408",
    "post,                  9,     stays",
    "post read,             5,     stays",
    "post read,             7,     408",
    "post read pause,       9,     stays",
    "get head,              9,     stays",
    "get much,              5,     stays",
    "get much,              7,     cut",
    "get upgrade,           9,     stays",
    "get socket,            9,     stays",
    "get socket much,       7,     cut",
  })
  void itIsPutUpWithForSoLong(String events, int hours, String seen) throws Exception {
    happen(events);
    watch.sweep(in(hours));
    // What has come and is not read yet is read first.
    inOneRound(() -> {});
    inOneRound(() -> {});
    assertEquals(seen, seen());
  }

  @Test
  void whatIsBehindARequestIsReadPastAtTheSecondPass() throws Exception {
    happen("get behind");
    watch.sweep(in(0));
    assertTrue(wire.readingPaused());
    watch.sweep(in(0));
    Await.until("it is read past", () -> !wire.readingPaused());
    happen("answer");
    assertEquals("204", seen());
  }

  @ParameterizedTest
  @CsvSource({
    // events        is refused, or cut
    "open,           ends,  stays",
    "begin,          ends,  stays",
    "get,            503,   cut",
    "get head,       ends,  cut",
    "get upgrade,    cut,   cut",
    "get socket,     ends,  stays",
    "much,           '',    cut",
  })
  void itEndsWithThePort(String events, String refused, String cut) throws Exception {
    happen(events);
    if (!refused.isEmpty()) {
      watch.end(new RequestListener.Refusal(503, Headers.EMPTY, "the server is going"));
      assertEquals(refused, seen());
    }
    close();
    open();
    serve();
    happen(events);
    watch.cutIfBusy();
    assertEquals(cut, seen());
  }
}
