package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wsp.client.origin.Failure;
import wsp.client.origin.ResponseSink;
import wsp.client.tunnel.Serving;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.RuleLists;
import wsp.config.TunnelPorts;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.observe.ExchangeObserver;
import wsp.observe.Failures;
import wsp.observe.Outcomes;

/** Answers that wait for their servers; there is room for two pieces. */
class UntakenAnswersTest {
  private static final int PIECE = 16 << 10;

  private final List<ResponseSink> sinks = new ArrayList<>();
  private final List<Integer> resumed = new ArrayList<>();
  private final List<Integer> cancelled = new ArrayList<>();
  private final List<NotedStream> streams = new ArrayList<>();
  private Serving serving;

  @BeforeEach
  void begin() throws Exception {
    Terms terms =
        new Terms(
            RuleLists.of(ConfigFile.parse("f", "")),
            TunnelPorts.NONE,
            TimeUnit.MINUTES.toNanos(1),
            (request, destination, sink) -> {
              sinks.add(sink);
              return new Origin(sinks.size() - 1);
            },
            ErrorCodes.LEGACY);
    Outcomes<Failure> outcomes =
        new Outcomes<>(new Failures<>(Failure.class), ExchangeObserver.all(List.of()));
    Budget memory = new Budget((2 * (PIECE + (4 << 10))) / 4 * 3);
    ExchangeContext context =
        new ExchangeContext(
            "test", false, terms, Runnable::run, outcomes, memory, new OpenTunnels());
    serving = context.ofOneServer();
  }

  private void answer(int i, boolean last) {
    NotedStream stream = new NotedStream(false);
    streams.add(stream);
    String url = "http://127.0.0.1/" + i;
    serving.begin(stream, new RequestEnvelope("GET", url, Headers.EMPTY, 0), 10).start();
    sinks.get(i).onHead(new ResponseEnvelope(200, Headers.EMPTY, -1));
    sinks.get(i).onBody(ByteBuffer.allocate(PIECE), last);
  }

  private List<List<String>> resets() {
    return streams.stream().map(s -> s.resets).toList();
  }

  @Test
  void theOneThatHasWaitedLongestIsBrokenOffAndItsOriginLeft() {
    for (int i = 0; i < 4; i++) answer(i, false);
    List<String> gone = List.of("CANCELLED NO_MEMORY");
    assertEquals(List.of(gone, gone, List.of(), List.of()), resets());
    assertEquals(List.of(0, 1), cancelled);
  }

  @Test
  void oneThatIsTakenHasNoPart() {
    answer(0, false);
    streams.get(0).waiting.get(0).run();
    assertEquals(List.of(0), resumed);
    answer(1, false);
    answer(2, false);
    assertEquals(List.of(List.of(), List.of(), List.of()), resets());
  }

  @Test
  void theLastPieceCountsUntilItIsTaken() {
    answer(0, true);
    answer(1, true);
    streams.get(1).waiting.get(0).run();
    answer(2, true);
    assertEquals(List.of(List.of(), List.of(), List.of()), resets());
    answer(3, true);
    assertEquals(List.of("CANCELLED NO_MEMORY"), streams.get(0).resets);
  }

  /** Notes what becomes of it. */
  private final class Origin extends IdleOrigin {
    private final int number;

    Origin(int number) {
      this.number = number;
    }

    @Override
    public void resume() {
      resumed.add(number);
    }

    @Override
    public void cancel() {
      cancelled.add(number);
    }
  }
}
