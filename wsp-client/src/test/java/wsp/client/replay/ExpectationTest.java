package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** Origins that are asked whether they want the body of a request (RFC 9110 §10.1.1). */
class ExpectationTest extends WithOrigin {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Collector sink = new Collector(() -> {});

  private interface Steps {
    void take(OriginStream replay, Line line) throws Exception;
  }

  /** A request with so many bytes whose origin has been asked, and what happens then. */
  private void asked(long length, Steps then) throws Exception {
    Headers fields = Headers.of("Expect", "100-continue");
    OriginStream replay = started(sink, "POST", length, fields);
    try (Line line = origin.accept()) {
      String head = line.head();
      assertTrue(head.contains("\r\nExpect: 100-continue\r\n"), head);
      then.take(replay, line);
    }
    replay.cancel();
  }

  private void feed(OriginStream replay, String part, boolean last) throws Exception {
    sink.feed(replay, part.getBytes(StandardCharsets.US_ASCII), last);
  }

  @Test
  void theBodyFollowsWhenTheOriginSaysSoAndThatIsToldOnce() throws Exception {
    asked(
        4,
        (replay, line) -> {
          line.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + CONTINUE + CONTINUE);
          assertEquals("103 </a>", sink.told());
          assertEquals("wanted", sink.told());
          feed(replay, "bo", false);
          feed(replay, "dy", true);
          assertEquals("body", line.body(4));
          line.send(OK);
          assertEquals("ok", sink.answer());
          assertTrue(sink.toldAll());
        });
  }

  @Test
  void whatHasComeOfTheBodyStaysHereUntilThen() throws Exception {
    asked(
        RequestEnvelope.UNKNOWN,
        (replay, line) -> {
          byte[] part = "body".getBytes(StandardCharsets.US_ASCII);
          assertFalse(replay.body(ByteBuffer.wrap(part), false), "nothing is taken yet");
          line.send(CONTINUE);
          assertEquals("4\r\nbody\r\n", line.body(9));
          feed(replay, "", true);
          assertEquals("0\r\n\r\n", line.body(5));
          line.send(OK);
          assertEquals("ok", sink.answer());
        });
  }

  @Test
  void anOriginThatSaysNothingGetsTheBodyAfterAWhile() throws Exception {
    asked(
        4,
        (replay, line) -> {
          assertEquals("wanted", sink.told());
          feed(replay, "body", true);
          assertEquals("body", line.body(4));
          line.send(CONTINUE + OK);
          assertEquals("ok", sink.answer());
          assertTrue(sink.toldAll(), "the origin's own 100 comes late");
        });
  }

  @Test
  void silenceAndAnAnswerAreHeardOneAfterTheOther() throws Exception {
    HeldTimer timer = replayer.holdExpectations();
    asked(
        4,
        (replay, line) -> {
          timer.expire();
          assertEquals("wanted", sink.told());
          line.send(OK);
          assertEquals("ok", sink.answer());
          assertTrue(sink.isOfOneThread(), "else an answer could overtake it");
          feed(replay, "body", true);
        });
  }

  @Test
  void silenceAfterAnAnswerIsNone() throws Exception {
    HeldTimer timer = replayer.holdExpectations();
    asked(
        4,
        (replay, line) -> {
          line.send(OK);
          assertEquals("ok", sink.answer());
          timer.expire();
          // Its server has heard of no 100, and ends the body.
          feed(replay, "", true);
          assertThrows(IOException.class, () -> line.head());
          assertTrue(sink.toldAll());
        });
  }

  @Test
  void anOriginThatRefusesGetsNoBodyAndNoOtherRequest() throws Exception {
    asked(
        4,
        (replay, line) -> {
          line.send("HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno" + CONTINUE);
          assertEquals(417, sink.status());
          assertEquals("no", sink.answer());
          assertThrows(IOException.class, () -> line.head(), "neither a body nor a request");
          // Its server ends the request, whose body it never asked for.
          feed(replay, "", true);
          assertTrue(sink.toldAll());
        });
  }

  @Test
  void aBodyThatWasHereAlreadyIsDroppedThen() throws Exception {
    asked(
        4,
        (replay, line) -> {
          byte[] part = "bo".getBytes(StandardCharsets.US_ASCII);
          assertFalse(replay.body(ByteBuffer.wrap(part), false));
          line.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          assertEquals("ok", sink.answer());
          assertTrue(sink.taken(), "what comes of the body is passed over");
          feed(replay, "dy", true);
        });
  }

  @Test
  void anOriginThatEndsTheConnectionInsteadIsAFailure() throws Exception {
    asked(
        4,
        (replay, line) -> {
          line.close();
          assertThrows(ExecutionException.class, sink::answer);
          assertTrue(sink.toldAll(), "no body was asked for");
        });
  }
}
