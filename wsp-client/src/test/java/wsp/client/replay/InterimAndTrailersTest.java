package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** Interim answers of an origin, and trailers both ways. */
class InterimAndTrailersTest extends WithOrigin {
  private static final String HINT = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

  private final Collector sink = new Collector(() -> {});

  private OriginStream started(String method, long length, String... fields) throws Exception {
    return started(sink, method, length, Headers.of(fields));
  }

  private OriginStream get(String... fields) throws Exception {
    OriginStream replay = started("GET", 0, fields);
    sink.feed(replay, new byte[0], true);
    return replay;
  }

  @Test
  void interimHeadsComeBeforeTheAnswerAndA100ThatNobodyAskedForDoesNot() throws Exception {
    OriginStream replay = get();
    try (Line line = origin.accept()) {
      line.head();
      line.send("HTTP/1.1 100 Continue\r\n\r\n" + HINT);
      assertEquals("103 </a>", sink.told());
      line.send(HINT + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertEquals("103 </a>", sink.told());
      assertEquals("ok", sink.answer());
    }
    replay.cancel();
  }

  @Test
  void moreThanAHundredInterimHeadsAreNoAnswer() throws Exception {
    OriginStream replay = get();
    try (Line line = origin.accept()) {
      line.head();
      line.send(HINT.repeat(101));
      assertThrows(ExecutionException.class, sink::answer);
    }
    replay.cancel();
  }

  @Test
  void trailersOfTheAnswerAreFiltered() throws Exception {
    OriginStream replay = get("TE", "trailers");
    try (Line line = origin.accept()) {
      String head = line.head();
      assertFalse(head.contains("\r\nTE:"), head);
      line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: X-Hop\r\n\r\n");
      line.send("2\r\nok\r\n0\r\nX-Hop: 1\r\nSet-Cookie: a=b\r\nX-Sum: 42\r\n\r\n");
      assertEquals("X-Sum=42", sink.told());
      assertEquals("ok", sink.answer());
      assertTrue(sink.toldAll());
    }
    replay.cancel();
  }

  @Test
  void trailersOfARequestInChunksEndIt() throws Exception {
    OriginStream replay = started("POST", RequestEnvelope.UNKNOWN, "Trailer", "X-Check, Host");
    try (Line line = origin.accept()) {
      replay.trailers(Headers.of("X-Check", "yes", "Authorization", "no"));
      sink.feed(replay, new byte[] {'a', 'b', 'c'}, true);
      String head = line.head();
      assertTrue(head.contains("\r\nTrailer: X-Check\r\n"), head);
      String end = "3\r\nabc\r\n0\r\nX-Check: yes\r\n\r\n";
      assertEquals(end, line.body(end.length()));
      line.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertEquals("", sink.answer());
    }
    replay.cancel();
  }

  @Test
  void aRequestWithALengthGoesWithoutTrailers() throws Exception {
    OriginStream replay = started("POST", 3, "Trailer", "X-Check");
    try (Line line = origin.accept()) {
      replay.trailers(Headers.of("X-Check", "yes"));
      sink.feed(replay, new byte[] {'a', 'b', 'c'}, true);
      assertFalse(line.head().contains("Trailer"));
      assertEquals("abc", line.body(3));
      line.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertEquals("", sink.answer());
    }
    replay.cancel();
  }
}
