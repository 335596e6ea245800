package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.Failure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.replay.TestOrigin.Line;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.testing.Await;

/** Origins that begin a head, or trailers, and do not end them. */
@Timeout(60)
class UnfinishedHeadsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROOM = 64 << 10;
  private static final String LONG = "X-A: " + "a".repeat(20_000);
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** What is not ended. */
  private enum Kind {
    HEAD("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", "\r\n\r\nok", Failure.NO_ANSWER),
    INTERIM(
        "HTTP/1.1 103 Early Hints\r\n",
        "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        Failure.NO_ANSWER),
    SECOND_HEAD(
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
        "\r\n\r\nok",
        Failure.NO_ANSWER),
    TRAILERS(CHUNKED + "2\r\nok\r\n0\r\n", "\r\n\r\n", Failure.CUT_BODY);

    final String begin;
    final String end;
    final Failure late;

    Kind(String begin, String end, Failure late) {
      this.begin = begin;
      this.end = end;
      this.late = late;
    }
  }

  /** One exchange in the middle. */
  private record Hanging(OriginStream replay, Collector sink, Line line) {
    Failure failure() {
      Throwable why = assertThrows(ExecutionException.class, sink::answer).getCause();
      return ((ReplayException) why).failure();
    }
  }

  private static Hanging ask(TestReplayer replayer, TestOrigin origin) throws Exception {
    Collector sink = new Collector(() -> {});
    RequestEnvelope get = new RequestEnvelope("GET", origin.url(), Headers.EMPTY, 0);
    OriginStream replay = replayer.prepare(get, Destination.parse(origin.url()), sink);
    replay.start();
    sink.feed(replay, new byte[0], true);
    Line line = origin.accept();
    line.head();
    return new Hanging(replay, sink, line);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "HEAD, ''",
    "INTERIM, ''",
    "SECOND_HEAD, ''",
    "TRAILERS, ''",
    "HEAD, TLSv1.3",
    "TRAILERS, TLSv1.3"
  })
  void togetherTheyTakeNoMoreThanThereIsAndTheEldestGoes(Kind kind, String tls) throws Exception {
    HeadMemory heads = new HeadMemory(ROOM, LIMIT);
    List<Hanging> all = new ArrayList<>();
    try (TestOrigin origin = new TestOrigin(tls);
        TestReplayer replayer = new TestReplayer(heads, 256 << 10)) {
      for (int i = 0; i < 4; i++) {
        Hanging next = ask(replayer, origin);
        long before = heads.used();
        next.line.send(kind.begin + LONG);
        all.add(next);
        if (i < 2) Await.until("it is counted", () -> heads.used() >= before + 20_000);
      }
      assertEquals(Failure.NO_MEMORY, all.get(0).failure());
      Hanging last = all.get(3);
      last.line.send(kind.end);
      assertEquals("ok", last.sink.answer());
      assertTrue(heads.used() <= ROOM, heads.used() + " bytes");
      for (Hanging one : all) one.replay.cancel();
      Await.until("all is given back", () -> heads.used() == 0);
      for (Hanging one : all) one.line.close();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"HEAD, ''", "INTERIM, ''", "SECOND_HEAD, ''", "TRAILERS, ''", "HEAD, TLSv1.3"})
  void eachHasALimitOfTimeThatASilentOriginHasNot(Kind kind, String tls) throws Exception {
    HeadMemory heads = new HeadMemory(ROOM, LIMIT);
    try (TestOrigin origin = new TestOrigin(tls);
        TestReplayer replayer = new TestReplayer(heads, 256 << 10)) {
      Hanging silent = ask(replayer, origin);
      Hanging half = ask(replayer, origin);
      half.line.send(kind.begin + "X");
      Await.until(
          "it has failed",
          () -> {
            replayer.engine().sweep(System.nanoTime() + LIMIT.toNanos() + 1);
            return half.sink.isDone();
          });
      assertEquals(kind.late, half.failure());
      assertFalse(silent.sink.isDone());
      silent.replay.cancel();
      silent.line.close();
      half.line.close();
    }
  }
}
