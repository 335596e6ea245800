package wsp.server.listener;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/**
 * A connection in which this and that happens: a head may take two hours, the next one may be
 * awaited for four, and anything else may make no progress for six.
 */
abstract class CallerFixture extends WireFixture {
  private static final Headers UPGRADE = Headers.of("Upgrade", "x");

  CallerConnection connection;
  CallerWatch watch;
  volatile CallerExchange exchange;

  @BeforeEach
  void serve() {
    ListenerLimits limits =
        new ListenerLimits(
            1000,
            10,
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(6),
            Duration.ofHours(8),
            new ListenerLimits.Crowd(10, 10, 10, List.of(), 1 << 20));
    wire.holding = new Holding(new CallerMemory(new Budget(1 << 30), List.of()), false);
    connection =
        new CallerConnection(
            wire,
            limits,
            new CallerPlaces().take(null, new Shares(1, 1, 1, 1)),
            (c, e) -> exchange = e);
    watch = connection.watch;
    wire.reader = connection;
  }

  /** Of a webhook. */
  private record Keeping() implements Caller.BodySink {
    @Override
    public void onBody(ByteBuffer part, boolean last) {}

    @Override
    public boolean takesAll() {
      return true;
    }
  }

  private void happens(String event) {
    switch (event) {
      case "open" -> {}
      case "begin" -> wire.deliver(bytes("GET / HT"));
      case "get" -> wire.deliver(bytes("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
      case "post" -> wire.deliver(bytes("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"));
      case "behind" -> wire.deliver(bytes("G".repeat(40_000)));
      case "read" -> exchange.readBody((part, last) -> {});
      case "keep" -> exchange.readBody(new Keeping());
      case "p" -> wire.deliver(bytes("p"));
      case "part" -> wire.deliver(bytes("part"));
      case "key" -> exchange.isOf("key", true);
      case "pause" -> exchange.pauseBody();
      case "head" -> exchange.respond(200, Headers.EMPTY, 5);
      case "answer" -> exchange.respond(204, Headers.EMPTY, 0);
      case "upgrade" -> exchange.upgrade(101, UPGRADE);
      case "much" -> wire.write(ByteBuffer.allocate(16 << 20));
      case "socket" -> connection.upgradeTo(new WireSocket(wire));
      case "known" -> wire.holding.known(new Budget(1));
      case "end" -> wire.closing.gently();
      default -> throw new AssertionError(event);
    }
  }

  void happen(String events) throws Exception {
    for (String event : events.split(" ")) inOneRound(() -> happens(event));
  }

  static long in(int hours) {
    return System.nanoTime() + TimeUnit.HOURS.toNanos(hours);
  }

  /** What has become of it: its last words' status, or how it ends without any. */
  String seen() throws IOException {
    if (!wire.tcp.isOpen()) return "cut";
    if (!wire.closing.begun()) return "stays";
    String rest = new String(peer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    int last = rest.lastIndexOf("HTTP/1.1 ");
    return last < 0 ? "ends" : rest.substring(last + 9, last + 12);
  }
}
