package wsp.server.tunnel.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;

/** The order of messages of version 1, and what the end of the link means at each point of it. */
class ServerStreamTest {
  private final ScriptedSocket socket = new ScriptedSocket();
  private final StringBuilder told = new StringBuilder();

  private final ServerStream stream =
      new ServerStream(
          socket,
          new StreamListener<RequestEnvelope, ResponseEnvelope>() {
            @Override
            public void onOpen(Stream<RequestEnvelope> opened) {
              tell("open");
            }

            @Override
            public void onHead(ResponseEnvelope head) {
              tell("head" + head.status());
            }

            @Override
            public void onData(ByteBuffer part, boolean last) {
              tell("data" + part.remaining() + (last ? "!" : ""));
            }

            @Override
            public void onPause() {
              tell("pause");
            }

            @Override
            public void onEnd() {
              tell("end");
            }

            @Override
            public void onReset(Reset why, String words) {
              tell(why.name());
            }
          },
          1000,
          new Budget(1 << 20));

  private void tell(String what) {
    told.append(told.isEmpty() ? "" : " ").append(what);
  }

  private void play(String event) {
    switch (event) {
      case "open" -> stream.open();
      case "ask" -> ask("GET");
      case "askHead" -> ask("HEAD");
      case "begun" -> stream.onText("{\"StatusCode\":200,", false);
      case "envelope" -> stream.onText("{\"StatusCode\":200,\"ContentLength\":-1}", true);
      case "nonsense" -> stream.onText("{", true);
      case "part" -> stream.onBinary(bytes("abc"), false);
      case "last" -> stream.onBinary(bytes("de"), true);
      case "none" -> stream.onBinary(bytes(""), true);
      case "read" -> stream.onReadComplete();
      case "reset" -> stream.reset(Reset.CANCELLED);
      default -> {
        socket.open = false;
        stream.onClosed("closed", Integer.parseInt(event));
      }
    }
  }

  private void ask(String method) {
    stream.head(new RequestEnvelope(method, "http://a/", Headers.EMPTY, 0), bytes(""), true);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The events of the link and calls of the exchange; what the exchange is told; the close code.
   */
  @ParameterizedTest
  @CsvSource({
    "open, open, -1",
    "open ask envelope read, open head200 pause, -1",
    "open ask envelope part read last read read, open head200 data3 pause data2! end, -1",
    "open ask envelope none read, open head200 data0! end, -1",
    // The end of the link.
    "1001 open, REFUSED, -1",
    "open 1001, open REFUSED, -1",
    "open 0, open REFUSED, -1",
    "open ask 1001, open REFUSED, -1",
    "open ask 1000, open LOST, -1",
    "open ask 4527, open LOST, -1",
    "open ask begun 1001, open LOST, -1",
    "open ask envelope 1001, open LOST, -1",
    "open ask envelope 4527, open FAILED, -1",
    "open ask envelope part 4527, open head200 data3 FAILED, -1",
    "open ask envelope part 0, open head200 data3 LOST, -1",
    "open ask envelope last 1001, open head200 data2! end LOST, -1",
    "open ask envelope last read 0, open head200 data2! end LOST, -1",
    "open ask 1001 1001, open REFUSED, -1",
    // Messages that are not due.
    "open envelope, open, 1002",
    "open part 0, open REFUSED, 1002",
    "open ask part, open INVALID, 1002",
    "open ask nonsense, open INVALID, 1002",
    "open ask envelope envelope, open INVALID, 1002",
    "open ask envelope last read part, open head200 data2! end INVALID, 1002",
    "open ask envelope last part, open head200 data2! INVALID, 1002",
    "open askHead envelope part, open head200 data3 INVALID, 1002",
    "open ask nonsense part read 1000, open INVALID, 1002",
    // A reset costs the link, and nothing follows.
    "open ask envelope part reset part read 0, open head200 data3, 1006",
    "open reset, open, 1006"
  })
  void tellsTheExchange(String events, String expected, int closed) {
    socket.heard = System.nanoTime();
    for (String event : events.split(" ")) play(event);
    assertEquals(expected, told.toString());
    assertEquals(closed, socket.closeCode);
  }
}
