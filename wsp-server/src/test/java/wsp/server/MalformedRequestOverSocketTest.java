package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.server.listener.MalformedRequest;

/** Each with a second request behind it, that must not be served. */
class MalformedRequestOverSocketTest {
  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() {
    server = new RunningServer();
  }

  @ParameterizedTest
  @EnumSource
  void itGetsOneAnswerAndTheConnectionEnds(MalformedRequest request) throws Exception {
    server.awaitCounts(0, 0, 0);
    RawPeer peer = server.peer();
    try (RawCaller caller = server.caller()) {
      caller.send(request.bytes()).send(RawCaller.head("GET", "/smuggled"));
      RawCaller.Answer answer = caller.answer();
      assertEquals(request.status(), answer.status());
      assertEquals("close", answer.field("Connection"));
      assertTrue(answer.complete());
      assertTrue(caller.ended(), "something follows the answer");
    }
    try (RawCaller next = server.caller()) {
      next.request("GET", "/next");
      String first = url(peer);
      if (first.equals("cut")) return;
      assertFalse(first.contains("smuggled"), first);
      if (!first.endsWith("/next")) assertEquals("cut", rest(peer));
    } finally {
      peer.close();
    }
  }

  private static String url(RawPeer peer) throws Exception {
    try {
      return peer.requestHead().url();
    } catch (IOException e) {
      return "cut";
    }
  }

  /** A request that was cut in its body is never whole. */
  private static String rest(RawPeer peer) {
    try {
      peer.body();
      return "whole";
    } catch (IOException e) {
      return "cut";
    }
  }
}
