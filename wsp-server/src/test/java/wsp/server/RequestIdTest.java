package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;

/** The id by which a request is known everywhere. */
class RequestIdTest {
  @AutoClose private final RunningServer server = new RunningServer();

  private Headers sent(RawCaller c, RawPeer peer, String... fields) throws Exception {
    c.request("GET", "/", fields);
    return peer.request().envelope().headers();
  }

  @Test
  void anIdIsTakenReturnedAndPassedOn() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    Headers h = sent(c, peer, "x-request-id: abc/1", "traceparent: 00-x", "traceparent: \"y\"");
    assertEquals(List.of("abc/1"), h.all("X-Request-Id"));
    assertEquals(List.of("00-x", "\"y\""), h.all("traceparent"), "untouched");
    peer.envelope(200, 0, "X-Request-Id", "the origin's own").frame(true, 2, new byte[0]);
    assertEquals(List.of("abc/1"), c.answer().all("X-Request-Id"));
  }

  @Test
  void anIdThatIsNoneIsReplacedAndOneThatIsMissingMade() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    String[][] unusable = {{"X-Request-Id: a b"}, {"X-Request-Id: a", "X-Request-Id: b"}, {}};
    for (String[] fields : unusable) {
      Headers h = sent(c, peer, fields);
      assertEquals(1, h.all("X-Request-Id").size());
      String id = String.valueOf(h.first("X-Request-Id"));
      assertTrue(id.matches("[0-9a-f]{32}"), id);
      peer.envelope(200, 0).frame(true, 2, new byte[0]);
      assertEquals(id, c.answer().field("X-Request-Id"));
    }
  }
}
