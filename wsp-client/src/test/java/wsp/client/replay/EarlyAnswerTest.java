package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** An origin answers and leaves while the request is on its way: its answer arrives. */
@Timeout(60)
class EarlyAnswerTest {
  private static final int ROUNDS = 10;
  private static final int PARTS = 64;

  @AutoClose private TestReplayer replayer;

  @BeforeEach
  void start() throws Exception {
    replayer = new TestReplayer();
  }

  @ParameterizedTest(name = "{0}, {1}, chunked {2}")
  @CsvSource({
    "'', CLOSE, false",
    "'', RESET, true",
    "TLSv1.2, CLOSE, false",
    "TLSv1.2, RESET, true",
    "TLSv1.3, CLOSE, true",
    "TLSv1.3, RESET, false",
    "TLSv1.3, CUT, false",
  })
  void theAnswerArrivesThoughNothingCanBeSentAnyMore(String tls, End end, boolean chunked)
      throws Exception {
    try (TestOrigin origin = new TestOrigin(tls)) {
      for (int i = 0; i < ROUNDS; i++) answersEarly(origin, end, chunked);
    }
  }

  /** How the origin leaves. */
  private enum End {
    CLOSE,
    CUT,
    RESET
  }

  private void answersEarly(TestOrigin origin, End end, boolean chunked) throws Exception {
    byte[] part = new byte[64 << 10];
    long length = chunked ? RequestEnvelope.UNKNOWN : (long) PARTS * part.length;
    Collector sink = new Collector(() -> {});
    RequestEnvelope envelope = new RequestEnvelope("POST", origin.url(), Headers.EMPTY, length);
    OriginStream replay = replayer.prepare(envelope, Destination.parse(origin.url()), sink);
    replay.start();
    try (Line line = origin.accept()) {
      line.head();
      line.send("HTTP/1.1 413 Large\r\nContent-Length: 7\r\nConnection: close\r\n\r\ntoo big");
      leave(line, end);
      for (int i = 0; i < PARTS && !sink.isDone(); i++) sink.feed(replay, part, i == PARTS - 1);
      assertEquals(413, sink.status());
      assertEquals("too big", sink.answer());
    }
    replay.cancel();
  }

  private static void leave(Line line, End end) throws IOException {
    if (end == End.CLOSE) line.end();
    else if (end == End.CUT) line.tcp().close();
    else line.reset();
  }
}
