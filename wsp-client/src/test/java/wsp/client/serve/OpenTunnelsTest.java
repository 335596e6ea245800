package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ResponseSink;
import wsp.client.tunnel.Served;
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

/** Tunnels and upgrades under way, and a new configuration: they have no end of their own. */
class OpenTunnelsTest {
  private final List<ResponseSink> sinks = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private final OpenTunnels tunnels = new OpenTunnels();
  private final NotedStream stream = new NotedStream(true);

  private Terms terms(String yaml) throws Exception {
    ConfigFile file = ConfigFile.parse("f", yaml);
    return new Terms(
        RuleLists.of(file),
        TunnelPorts.read(file),
        TimeUnit.MINUTES.toNanos(1),
        (request, destination, sink) -> {
          sinks.add(sink);
          return new Cancelled();
        },
        ErrorCodes.LEGACY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONNECT | tunnelports: [444] | CANCELLED TUNNEL_PORT",
        "CONNECT | '' | CANCELLED TUNNEL_PORT",
        "CONNECT | 'tunnelports: all, blacklist: [{url: ^tcp}]' | CANCELLED FORBIDDEN",
        "UPGRADE | 'whitelist: [{url: /other}]' | CANCELLED NOT_ALLOWED",
        "UPGRADE | 'blacklist: [{headers: {Upgrade: websocket}}]' | CANCELLED FORBIDDEN",
        "CONNECT | tunnelports: all | ''",
        "UPGRADE | '' | ''",
        "GET | 'blacklist: [{url: ^http}]' | ''",
      })
  void whatMayNotBeAnyMoreEnds(String kind, String yaml, String reset) throws Exception {
    Outcomes<Failure> outcomes =
        new Outcomes<>(new Failures<>(Failure.class), ExchangeObserver.all(List.of(tunnels)));
    ExchangeContext context =
        new ExchangeContext(
            "test",
            false,
            terms("tunnelports: [443]"),
            Runnable::run,
            outcomes,
            new Budget(1 << 20),
            tunnels);
    Headers fields =
        kind.equals("UPGRADE")
            ? Headers.of("Connection", "Upgrade", "Upgrade", "websocket")
            : Headers.EMPTY;
    boolean tunnel = kind.equals("CONNECT");
    String url = tunnel ? "tcp://127.0.0.1:443" : "http://127.0.0.1/";
    RequestEnvelope request =
        new RequestEnvelope(tunnel ? kind : "GET", url, fields, tunnel ? -1 : 0);
    Served served = context.begin(stream, request, 10);
    served.start();
    sinks.get(0).onHead(new ResponseEnvelope(tunnel ? 200 : 101, fields, -1));
    context.use(terms("{" + yaml + "}"));
    List<String> expected = reset.isEmpty() ? List.of() : List.of(reset);
    assertEquals(expected, stream.resets);
    assertEquals(expected.size(), cancelled.size());
    // It is known as long as it lasts.
    sinks.get(0).onBody(ByteBuffer.allocate(0), true);
    served.body(ByteBuffer.allocate(0), true);
    context.use(terms("{blacklist: [{url: '^'}]}"));
    assertEquals(expected, stream.resets);
  }

  /** Its caller leaves while it waits to be judged: it must not be known after its end. */
  @Test
  void oneThatEndsBeforeItIsJudgedIsForgotten() throws Exception {
    Outcomes<Failure> outcomes =
        new Outcomes<>(new Failures<>(Failure.class), ExchangeObserver.all(List.of(tunnels)));
    Queue<Runnable> workers = new ArrayDeque<>();
    Terms dear = terms("blacklist:\n" + " - url: (a|b)+c[0-9]+x.*y%d$\n".repeat(200));
    ExchangeContext context =
        new ExchangeContext(
            "test", false, dear, workers::add, outcomes, new Budget(1 << 20), tunnels);
    Headers fields = Headers.of("Connection", "Upgrade", "Upgrade", "websocket");
    String url = "http://127.0.0.1/" + "abac1x".repeat(1000);
    Served served = context.begin(stream, new RequestEnvelope("GET", url, fields, 0), 10);
    served.start();
    served.cancel();
    for (Runnable next = workers.poll(); next != null; next = workers.poll()) next.run();
    context.use(terms("{blacklist: [{url: '^'}]}"));
    assertEquals(0, tunnels.count());
    assertEquals(List.of(), stream.resets);
  }

  private final class Cancelled extends IdleOrigin {
    @Override
    public void cancel() {
      cancelled.add("");
    }
  }
}
