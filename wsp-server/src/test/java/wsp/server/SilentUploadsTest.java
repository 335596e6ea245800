package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.server.LinkPeer.Frame;
import wsp.testing.Await;

/** Callers that send no byte of their body for a second: many want to hear of the origin first. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SilentUploadsTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private static RawCaller silent(RunningServer server) throws Exception {
    return server.caller().request("POST", "/silent", CHUNKED);
  }

  @Test
  void onVersion2TheOriginHearsOfItAndMayAnswerBeforeTheBody() throws Exception {
    try (RunningServer server = new RunningServer()) {
      LinkPeer peer = LinkPeer.open(server);
      RawCaller c = silent(server);
      Frame head = peer.next(LinkPeer.REQUEST);
      assertTrue(head.text().contains("/silent"), head.text());
      assertFalse(head.end());
      peer.head(1, 200, 5);
      assertEquals(200, c.head().status());
      c.send("4\r\nbody\r\n0\r\n\r\n");
      assertEquals("body", new String(peer.body(), StandardCharsets.US_ASCII));
      peer.send(LinkPeer.DATA | LinkPeer.END, 1, "later");
      assertEquals('l', c.read());
      server.awaitCounts(1, 1, 0);
    }
  }

  @Test
  void onVersion1ItHoldsNoConnection() throws Exception {
    try (RunningServer server = new RunningServer("stalltimeout: 3s")) {
      RawPeer only = server.peer();
      RawCaller c = silent(server);
      assertEquals(408, c.answer().status());
      RawCaller next = server.caller().request("GET", "/next");
      assertTrue(only.request().envelope().url().endsWith("/next"));
      only.reply(200, "next");
      assertEquals("next", next.answer().text());
    }
  }

  @Test
  void whereOnlyVersion1HasRoomItGoesThereWithItsBody() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 10000")) {
      LinkPeer full = LinkPeer.open(server, "X-PROXY-STREAMS: 1");
      RawCaller first = server.caller().request("GET", "/");
      full.request();
      RawCaller c = silent(server);
      Await.until("it waits for a stream", () -> server.server.pools.waiting() == 1);
      RawPeer old = server.peer();
      Await.until("it waits for its body", () -> server.server.pools.waiting() == 0);
      RawCaller other = server.caller().request("GET", "/other");
      assertTrue(old.request().envelope().url().endsWith("/other"));
      old.reply(200, "other");
      assertEquals("other", other.answer().text());
      c.send("4\r\nbody\r\n0\r\n\r\n");
      assertTrue(old.requestHead().url().endsWith("/silent"));
      assertEquals("body", new String(old.body(), StandardCharsets.US_ASCII));
      old.reply(200, "old");
      assertEquals("old", c.answer().text());
      full.reply(1, "first");
      assertEquals("first", first.answer().text());
    }
  }

  @Test
  void oneThatLeavesIsCancelled() throws Exception {
    try (RunningServer server = new RunningServer()) {
      LinkPeer peer = LinkPeer.open(server);
      RawCaller c = silent(server);
      peer.next(LinkPeer.REQUEST);
      c.close();
      peer.next(LinkPeer.RESET);
      server.awaitCounts(1, 1, 0);
    }
  }
}
