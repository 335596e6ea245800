package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wsp.client.origin.Failure;
import wsp.client.origin.ResponseSink;
import wsp.client.tunnel.Served;
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

/** Requests that an engine performs with memory of its own; there is room for two of them. */
class ReplayMemoryTest {
  private static final int REPLAY = 33 << 10;

  private final List<ResponseSink> sinks = new ArrayList<>();
  private final Budget memory = new Budget(2 * REPLAY + 4096);

  private Serving serving() throws Exception {
    Terms terms =
        new Terms(
            RuleLists.of(ConfigFile.parse("f", "")),
            TunnelPorts.NONE,
            TimeUnit.MINUTES.toNanos(1),
            (request, destination, sink) -> {
              sinks.add(sink);
              return new Heavy();
            },
            ErrorCodes.STANDARD);
    Outcomes<Failure> outcomes =
        new Outcomes<>(new Failures<>(Failure.class), ExchangeObserver.all(List.of()));
    return new ExchangeContext(
        "test", false, terms, Runnable::run, outcomes, memory, new OpenTunnels());
  }

  /** One whose request is whole. */
  private static Served begin(Serving serving, NotedStream stream) {
    RequestEnvelope request = new RequestEnvelope("GET", "http://127.0.0.1/", Headers.EMPTY, 0);
    Served served = serving.begin(stream, request, 10);
    served.start();
    served.body(ByteBuffer.allocate(0), true);
    return served;
  }

  @Test
  void oneThatFindsNoMemoryIsRefusedAndAnEndMakesRoom() throws Exception {
    Serving serving = serving();
    List<NotedStream> streams = new ArrayList<>();
    for (int i = 0; i < 4; i++) streams.add(new NotedStream(true));
    begin(serving, streams.get(0));
    begin(serving, streams.get(1));
    begin(serving, streams.get(2));
    assertEquals(List.of(503), streams.get(2).statuses);
    sinks.get(0).onHead(new ResponseEnvelope(204, Headers.EMPTY, 0));
    sinks.get(0).onBody(ByteBuffer.allocate(0), true);
    begin(serving, streams.get(3));
    assertEquals(List.of(), streams.get(3).statuses);
    assertEquals(List.of(204), streams.get(0).statuses);
  }

  @Test
  void allIsGivenBack() throws Exception {
    Serving serving = serving();
    Served first = begin(serving, new NotedStream(true));
    begin(serving, new NotedStream(true));
    begin(serving, new NotedStream(true));
    first.cancel();
    sinks.get(1).onFailure(ExchangeMemory.noMemory());
    assertEquals(0, memory.used());
  }

  private static final class Heavy extends IdleOrigin {
    @Override
    public int takes() {
      return REPLAY;
    }
  }
}
