package wsp.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;

/** The judge of the chaos run is judged: servers that lie are found out, honest ones are not. */
class LoadCallerTest extends LoadStage {
  private static final String OK = "HTTP/1.1 200 OK\r\nX-Id: %d\r\n";
  private static final String REASON = "Proxy-Status: wsp-server; error=connection_terminated\r\n";

  /** What a server answers to a GET of so many bytes, and what that is to be called. */
  enum Answer {
    HONEST(
        Outcome.RIGHT,
        (s, t) ->
            s.write(
                OK.formatted(t.id()) + "Content-Length: " + t.down() + "\r\n\r\n",
                Payload.of(t.answerId(), t.down()))),
    HONEST_IN_CHUNKS(Outcome.RIGHT, (s, t) -> chunked(s, t, t.down())),
    OF_ANOTHER_REQUEST(
        Outcome.WRONG, (s, t) -> HONEST.given.give(s, new Task(t.id() + 1, t.kind(), 0, t.down()))),
    WITH_THE_BODY_OF_ANOTHER(
        Outcome.WRONG,
        (s, t) ->
            s.write(
                OK.formatted(t.id()) + "Content-Length: " + t.down() + "\r\n\r\n",
                Payload.of(t.answerId() - 1, t.down()))),
    WITH_ONE_WRONG_BYTE(
        Outcome.WRONG,
        (s, t) -> {
          byte[] body = Payload.of(t.answerId(), t.down());
          body[t.down() - 1] ^= 1;
          s.write(OK.formatted(t.id()) + "Content-Length: " + t.down() + "\r\n\r\n", body);
        }),
    SHORT_BUT_WHOLE(Outcome.WRONG, (s, t) -> chunked(s, t, t.down() - 1)),
    LONGER_THAN_IT_IS(Outcome.WRONG, (s, t) -> chunked(s, t, t.down() + 1)),
    CUT(
        Outcome.ABORT,
        (s, t) -> {
          s.write(
              OK.formatted(t.id()) + "Content-Length: " + t.down() + "\r\n\r\n",
              Payload.of(t.answerId(), t.down() / 2));
          s.close();
        }),
    CUT_WITH_AN_ERROR_APPENDED(
        Outcome.WRONG,
        (s, t) -> {
          s.write(OK.formatted(t.id()) + "Transfer-Encoding: chunked\r\n\r\n3\r\n");
          s.write(Payload.of(t.answerId(), 3), 3);
          s.write("\r\nHTTP/1.1 526 X\r\nContent-Length: 0\r\n\r\n");
          s.close();
        }),
    NONE(Outcome.WRONG, (s, t) -> s.close()),
    ERROR(
        Outcome.ERROR_526,
        (s, t) -> s.write("HTTP/1.1 526 X\r\n" + REASON + "Content-Length: 4\r\n\r\nlost")),
    ERROR_WITHOUT_A_REASON(
        Outcome.WRONG, (s, t) -> s.write("HTTP/1.1 526 X\r\nContent-Length: 4\r\n\r\nlost")),
    ANOTHER_STATUS(
        Outcome.WRONG,
        (s, t) -> s.write("HTTP/1.1 500 X\r\n" + REASON + "Content-Length: 4\r\n\r\nlost"));

    final Outcome expected;

    private final Given given;

    Answer(Outcome expected, Given given) {
      this.expected = expected;
      this.given = given;
    }

    private interface Given {
      void give(HttpSocket s, Task t) throws IOException;
    }

    private static void chunked(HttpSocket s, Task t, int n) throws IOException {
      s.write(OK.formatted(t.id()) + "Transfer-Encoding: chunked\r\n\r\n");
      s.chunk(Payload.of(t.answerId(), n), n);
      s.write("0\r\n\r\n");
    }
  }

  private volatile Answer answer = Answer.HONEST;

  @BeforeEach
  void start() {
    Threads.start("server", this::serve);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (HttpSocket s = new HttpSocket(listener.accept())) {
        for (Head h = s.head(); h != null; h = s.head()) {
          String url = h.field("X-PROXY-DESTINATION");
          answer.given.give(s, Task.parse(url.substring(url.indexOf('/', 8))));
        }
      } catch (IOException e) {
        // The next one.
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyAnswerIsCalledWhatItIs(Answer given) {
    answer = given;
    try (LoadCaller caller = caller(false)) {
      assertEquals(given.expected, caller.call(new Task(1, Kind.GET, 0, 500), 0));
    }
    assertEquals(given.expected == Outcome.WRONG ? 1 : 0, tally.wrong());
    assertEquals(1, tally.of(given.expected));
  }

  @Test
  void anAnswerTooManyIsFoundByTheNextRequest() {
    try (LoadCaller caller = caller(false)) {
      answer = Answer.HONEST;
      assertEquals(Outcome.RIGHT, caller.call(new Task(1, Kind.HEAD, 0, 500), 0));
      assertEquals(Outcome.WRONG, caller.call(new Task(2, Kind.GET, 0, 500), 0));
    }
  }

  @Test
  void anAnswerThatShouldBeCutOrFailMustNotBeWhole() {
    for (Kind kind : List.of(Kind.CUT_LENGTH, Kind.GARBAGE, Kind.DENIED_BY_CLIENT)) {
      try (LoadCaller caller = caller(false)) {
        assertEquals(Outcome.WRONG, caller.call(new Task(1, kind, 0, 500), 0), kind.name());
      }
    }
  }

  @Test
  void whereNothingBreaksAnErrorIsWrong() {
    answer = Answer.ERROR;
    try (LoadCaller caller = caller(true)) {
      assertEquals(Outcome.WRONG, caller.call(new Task(1, Kind.GET, 0, 500), 0));
      assertEquals(Outcome.ERROR_526, caller.call(new Task(2, Kind.REFUSED, 0, 500), 0));
    }
  }

  @Test
  void aServerThatIsUpMustNotRefuse() throws IOException {
    listener.close();
    // A thread that is in accept may take one more connection.
    Await.until("nobody listens", () -> refuses(listener.getLocalPort()));
    try (LoadCaller caller = caller(false)) {
      assertEquals(Outcome.WRONG, caller.call(new Task(1, Kind.GET, 0, 500), 0));
    }
  }

  private static boolean refuses(int port) throws IOException {
    try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !s.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  @Test
  void aSecondExecutionIsCounted() {
    Task task = new Task(70_000, Kind.POST_LENGTH, 10, 10);
    tally.executed(task);
    assertEquals(0, tally.twice());
    tally.executed(task);
    assertEquals(1, tally.twice());
    assertTrue(tally.problems().get(0).contains("70000"), tally.problems().toString());
  }
}
