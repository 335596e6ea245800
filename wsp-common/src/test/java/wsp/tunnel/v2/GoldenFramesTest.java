package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.tunnel.v2.Pair.bytes;
import static wsp.tunnel.v2.Pair.response;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.tunnel.Reset;

/** The frames that docs/wire.md has as examples, as both sides write them. */
class GoldenFramesTest {
  private final Pair pair = new Pair();

  private static String hex(byte[] message) {
    String all = HexFormat.of().formatHex(message);
    return (all.substring(0, 2) + " " + all.substring(2, 10) + " " + all.substring(10)).trim();
  }

  private static String last(Pair.Wire wire) {
    wire.take();
    return hex(wire.messages.get(wire.messages.size() - 1));
  }

  private static void isAnExample(String expected, String frame) throws IOException {
    assertTrue(frame.startsWith(expected), frame);
    assertTrue(Files.readString(Path.of("../docs/wire.md")).contains("\n" + expected), expected);
  }

  @Test
  void framesOfAServer() throws IOException {
    var stream = pair.opened().stream;
    stream.head(Pair.request(), bytes(""), false);
    isAnExample("01 00000001 7b224d6574686f64223a2247455422", last(pair.toClient));
    stream.data(bytes(""), true);
    assertEquals("83 00000001", last(pair.toClient));
    isAnExample("83 00000001 ", last(pair.toClient) + " ");
    stream.reset(Reset.CANCELLED);
    isAnExample("06 00000001 00", last(pair.toClient));
  }

  @Test
  void framesOfAClient() throws IOException {
    pair.get();
    pair.run();
    var stream = pair.served.get(0).stream;
    stream.head(response(200), bytes(""), false);
    isAnExample("02 00000001 7b22537461747573436f6465223a3230302c22", last(pair.toServer));
    pair.client.drain();
    isAnExample("07 00000000 00000001", last(pair.toServer));
    stream.data(bytes("ok"), true);
    isAnExample("83 00000001 6f6b", last(pair.toServer));
  }

  @Test
  void trailers() throws IOException {
    var stream = pair.opened().stream;
    stream.head(Pair.request(), bytes(""), false);
    stream.trailers(Headers.of("X-Sum", "42"));
    isAnExample(
        "84 00000001 7b22486561646572223a7b22582d53756d223a5b223432225d7d7d", last(pair.toClient));
  }

  @Test
  void credit() throws IOException {
    Pair usual = new Pair(LinkTerms.DEFAULT);
    usual.opened().stream.head(Pair.request(), java.nio.ByteBuffer.allocate(40_000), false);
    for (var m : usual.toClient.take()) usual.client.onBinary(m, true);
    isAnExample("05 00000001 00008000", last(usual.toServer));
  }
}
