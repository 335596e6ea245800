package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static wsp.tunnel.v2.Pair.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.v2.Pair.Heard;

/** An error of whoever hears of a stream ends that stream, and nothing else. */
class FailingListenerTest {
  private static final String ENDED = "LOST an error in this daemon, which its log has";

  private final Pair pair = new Pair();

  private void othersAreServed() {
    assertEquals("", pair.toClient.closed + pair.toServer.closed);
    pair.clientOwner.failsAt = "";
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    pair.run();
    int last = pair.clientOwner.served.size() - 1;
    pair.clientOwner.served.get(last).stream.head(Pair.response(200), bytes("a"), true);
    pair.run();
    assertEquals("[head, last, end]", caller.events.toString());
    assertEquals(0, pair.server.streams() + pair.client.streams());
  }

  @ParameterizedTest
  @ValueSource(strings = {"interim", "head", "data", "pause", "trailers", "end"})
  void ofAnAnswer(String at) {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    caller.failsAt = at;
    pair.run();
    Heard<ResponseEnvelope, RequestEnvelope> served = pair.clientOwner.served.get(0);
    served.stream.interim(Pair.response(103));
    served.stream.head(Pair.response(200), bytes("a"), false);
    pair.run();
    served.stream.trailers(new Headers.Builder().add("X-Sum", "1").build());
    pair.run();
    String last = caller.events.get(caller.events.size() - 1);
    // What has ended is not ended once more.
    assertEquals(at.equals("end") ? "end" : ENDED, last);
    assertEquals("[ended 1]", pair.serverOwner.events.toString());
    assertEquals("[ended 1]", pair.clientOwner.events.toString());
    othersAreServed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "data", "pause", "end"})
  void ofARequest(String at) {
    pair.clientOwner.failsAt = at;
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.opened();
    caller.stream.head(Pair.request(), bytes("a"), false);
    pair.run();
    caller.stream.data(bytes("b"), true);
    pair.run();
    assertEquals(
        "[CANCELLED an error in this daemon, which its log has]", caller.events.toString());
    assertEquals("[ended 1]", pair.serverOwner.events.toString());
    assertEquals("[ended 1]", pair.clientOwner.events.toString());
    othersAreServed();
  }

  @Test
  void whereItHadTakenNothingForAWhile() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = pair.get();
    caller.pausing = true;
    pair.run();
    Heard<ResponseEnvelope, RequestEnvelope> served = pair.clientOwner.served.get(0);
    served.stream.head(Pair.response(200), bytes("a"), false);
    pair.run();
    served.stream.data(bytes("b"), false);
    pair.run();
    caller.failsAt = "data";
    caller.stream.resume();
    pair.run();
    assertEquals("[head, " + ENDED + "]", caller.events.toString());
    othersAreServed();
  }
}
