package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.testing.Reachable;

/** An idle connection to an origin keeps nothing of the exchanges that it has carried. */
@Timeout(60)
class IdleConnectionTest {
  private static final int MOST = 8 << 10;
  private static final String X = "x".repeat(50_000);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n";

  /** What is long about an exchange. */
  private enum Long {
    NOTHING(""),
    FIELDS_OF_THE_ANSWER(OK + "Content-Length: 0\r\nX-A: " + X + "\r\n\r\n"),
    FIELDS_OF_CHUNKS(CHUNKED + "X-A: " + X + "\r\n\r\n0\r\n\r\n"),
    OPTIONS_OF_CHUNKS(CHUNKED + "Connection: " + X + "\r\n\r\n0\r\nB: c\r\n\r\n"),
    TRAILERS(CHUNKED + "\r\n0\r\nX-A: " + X + "\r\n\r\n"),
    CHUNKS(CHUNKED + "\r\nc350\r\n" + X + "\r\n0\r\n\r\n"),
    INTERIM(
        "HTTP/1.1 103 Early Hints\r\nX-A: " + X + "\r\n\r\n" + OK + "Content-Length: 0\r\n\r\n"),
    FIELDS_OF_THE_REQUEST(""),
    METHOD_OF_THE_REQUEST(""),
    BODY_OF_THE_REQUEST(""),
    CHUNKS_OF_THE_REQUEST(""),
    TRAILERS_OF_THE_REQUEST("");

    final String answer;

    Long(String answer) {
      this.answer = answer.isEmpty() ? OK + "Content-Length: 0\r\n\r\n" : answer;
    }

    RequestEnvelope request(String url) {
      String method = this == METHOD_OF_THE_REQUEST ? "M".repeat(20_000) : "POST";
      Headers fields = this == FIELDS_OF_THE_REQUEST ? Headers.of("X-A", X) : Headers.EMPTY;
      return new RequestEnvelope(method, url, fields, length());
    }

    private long length() {
      return switch (this) {
        case BODY_OF_THE_REQUEST -> X.length();
        case CHUNKS_OF_THE_REQUEST, TRAILERS_OF_THE_REQUEST -> RequestEnvelope.UNKNOWN;
        default -> 0;
      };
    }

    byte[] body() {
      return new byte
          [this == BODY_OF_THE_REQUEST || this == CHUNKS_OF_THE_REQUEST ? X.length() : 0];
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "NOTHING, ''",
    "FIELDS_OF_THE_ANSWER, ''",
    "FIELDS_OF_CHUNKS, ''",
    "FIELDS_OF_CHUNKS, TLSv1.3",
    "OPTIONS_OF_CHUNKS, ''",
    "TRAILERS, ''",
    "TRAILERS, TLSv1.3",
    "CHUNKS, ''",
    "INTERIM, ''",
    "FIELDS_OF_THE_REQUEST, ''",
    "METHOD_OF_THE_REQUEST, ''",
    "BODY_OF_THE_REQUEST, ''",
    "BODY_OF_THE_REQUEST, TLSv1.3",
    "CHUNKS_OF_THE_REQUEST, ''",
    "TRAILERS_OF_THE_REQUEST, ''",
  })
  void itHoldsLessThan8KiB(Long what, String tls) throws Exception {
    HeadMemory heads = new HeadMemory(1 << 20, Duration.ofSeconds(60));
    try (TestOrigin origin = new TestOrigin(tls);
        TestReplayer replayer = new TestReplayer(heads, 256 << 10);
        Line line = exchange(replayer, origin, null, what)) {
      long held = Reachable.bytes(replayer.engine());
      assertTrue(held < MOST, held + " bytes");
      // It was kept.
      exchange(replayer, origin, line, Long.NOTHING);
    }
  }

  private static Line exchange(TestReplayer replayer, TestOrigin origin, Line kept, Long what)
      throws Exception {
    Collector sink = new Collector(() -> {});
    RequestEnvelope request = what.request(origin.url());
    OriginStream replay = replayer.prepare(request, Destination.parse(origin.url()), sink);
    replay.start();
    if (what == Long.TRAILERS_OF_THE_REQUEST) replay.trailers(Headers.of("X-A", X));
    boolean taken = replay.body(ByteBuffer.wrap(what.body()), true);
    Line line = kept == null ? origin.accept() : kept;
    line.head();
    line.body(rest(what));
    if (!taken) assertTrue(sink.taken());
    line.send(what.answer);
    sink.answer();
    return line;
  }

  /** What comes behind the head of the request. */
  private static int rest(Long what) {
    return switch (what) {
      case BODY_OF_THE_REQUEST -> X.length();
      case CHUNKS_OF_THE_REQUEST -> "c350\r\n".length() + X.length() + "\r\n0\r\n\r\n".length();
      case TRAILERS_OF_THE_REQUEST -> "0\r\nX-A: ".length() + X.length() + "\r\n\r\n".length();
      default -> 0;
    };
  }
}
