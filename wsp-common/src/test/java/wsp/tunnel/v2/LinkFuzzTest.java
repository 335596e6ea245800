package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.testing.Seeds;
import wsp.tunnel.Reset;
import wsp.tunnel.v2.Pair.Heard;

/**
 * What holds of every sequence of frames that a peer may send, to either side, while this side
 * opens, answers, pauses and resets. Here for the seeds; under the profile {@code fuzz} a fuzzer
 * looks for more. The input is a sequence of steps: one byte says which, one how many bytes of the
 * input it takes.
 */
public class LinkFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Pair pair = new Pair();
    ByteBuffer in = ByteBuffer.wrap(input);
    List<LinkStream<RequestEnvelope, ResponseEnvelope>> opened = new ArrayList<>();
    while (in.remaining() >= 2) step(pair, opened, in);
    pair.toClient.take();
    pair.toServer.take();
    pair.server.onClosed("over");
    pair.client.onClosed("over");
    // What is whole outlives its link.
    opened.forEach(LinkStream::resume);
    assertEquals(0, pair.server.streams());
    assertEquals(0, pair.client.streams());
    assertEquals(0, pair.windows.used());
  }

  private static void step(
      Pair pair, List<LinkStream<RequestEnvelope, ResponseEnvelope>> opened, ByteBuffer in) {
    int what = in.get() & 0x0f;
    ByteBuffer piece = in.slice(in.position() + 1, Math.min(in.get() & 0xff, in.remaining()));
    in.position(in.position() + piece.remaining());
    switch (what) {
      case 0 -> pair.server.onBinary(piece, true);
      case 1 -> pair.client.onBinary(piece, true);
      case 2 -> pair.server.onBinary(piece, false);
      case 3 -> pair.client.onBinary(piece, false);
      case 4 -> pair.server.onReadComplete();
      case 5 -> pair.client.onReadComplete();
      case 6 -> open(pair, opened, piece);
      case 7 -> last(pair, s -> s.head(Pair.response(200), piece, false));
      case 8 -> last(pair, s -> s.data(piece, true));
      case 9 -> last(pair, LinkStream::pause);
      case 10 -> last(pair, LinkStream::resume);
      case 11 -> last(pair, s -> s.reset(Reset.FAILED, "failed"));
      case 12 -> pair.client.drain();
      case 13 -> pair.server.drain();
      case 14 -> pair.toServer.full = !pair.toServer.full;
      default -> pair.toServer.drained();
    }
    long most = (pair.server.streams() + pair.client.streams()) * (long) Pair.WINDOW;
    assertTrue(pair.windows.used() >= 0 && pair.windows.used() <= 5 * most, "windows");
    pair.toClient.take();
    pair.toServer.take();
  }

  private static void open(
      Pair pair, List<LinkStream<RequestEnvelope, ResponseEnvelope>> opened, ByteBuffer first) {
    Heard<RequestEnvelope, ResponseEnvelope> caller = new Heard<>();
    LinkStream<RequestEnvelope, ResponseEnvelope> stream = pair.server.open(caller);
    if (stream == null) return;
    opened.add(stream);
    caller.stream = stream;
    stream.head(Pair.request(), first, first.remaining() % 2 == 0);
    if (first.remaining() % 3 == 0) stream.pause();
  }

  private interface Deed {
    void on(LinkStream<ResponseEnvelope, RequestEnvelope> stream);
  }

  private static void last(Pair pair, Deed deed) {
    if (!pair.served.isEmpty()) deed.on(pair.served.get(pair.served.size() - 1).stream);
  }
}
