package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/** Heads that an envelope may not have room for, though they are within {@code maxheader}. */
class LongHeadsReadTest {
  private static final String LATIN = "\u00e9".repeat(200_000);
  private static final String ASCII = "e".repeat(200_000);
  private static final String LAST = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<Integer> heads = new ArrayList<>();

  private final ResponseReader.Target target =
      new ResponseReader.Target() {
        @Override
        public void interim(ResponseEnvelope head) {
          heads.add(head.status());
        }

        @Override
        public void switched(ResponseEnvelope head) {
          heads.add(head.status());
        }

        @Override
        public void head(ResponseEnvelope head) {
          heads.add(head.status());
        }

        @Override
        public void trailers(Headers fields) {}

        @Override
        public void body(ByteBuffer piece, boolean last) {}
      };

  private void read(String response) throws ReplayException {
    ResponseReader reader = new ResponseReader(256 << 10);
    reader.expect("GET", false, false, "websocket");
    reader.read(ByteBuffer.wrap(response.getBytes(StandardCharsets.ISO_8859_1)), target);
  }

  private static String head(String begin, String value) {
    return begin + "\r\nX-A: " + value + "\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK",
        "HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\nUpgrade: websocket"
      })
  void oneThatNoServerTakesIsRefusedHere(String begin) throws Exception {
    ReplayException e = assertThrows(ReplayException.class, () -> read(head(begin, LATIN)));
    assertEquals(Failure.LARGE_HEAD, e.failure());
    assertEquals(List.of(), heads);
    read(head(begin, ASCII));
    assertEquals(1, heads.size(), "as long, and shorter as JSON");
  }

  @Test
  void anInterimOneIsLeftOutAndCostsNothing() throws Exception {
    read(head("HTTP/1.1 103 Hints", "short") + head("HTTP/1.1 103 Hints", LATIN) + LAST);
    assertEquals(List.of(103, 200), heads);
  }

  @Test
  void oneThatAsksForTheBodyIsHeardHoweverLongItIs() throws Exception {
    read(head("HTTP/1.1 100 Continue", LATIN) + LAST);
    assertEquals(List.of(100, 200), heads);
  }
}
