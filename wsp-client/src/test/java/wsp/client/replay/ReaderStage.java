package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/** A reader of responses, and what it gave. */
abstract class ReaderStage {
  static final int MAX_HEADER = 2000;
  final ResponseReader reader = new ResponseReader(MAX_HEADER);
  final Collected got = new Collected();

  static ByteBuffer bytes(String s) {
    return ByteBuffer.wrap(s.getBytes(StandardCharsets.ISO_8859_1));
  }

  void read(String method, String... parts) throws ReplayException {
    reader.expect(method, false, false, null);
    for (String part : parts) reader.read(bytes(part), got);
  }

  Failure failure(String response) {
    reader.expect("GET", false, false, null);
    return assertThrows(ReplayException.class, () -> reader.read(bytes(response), got)).failure();
  }

  /** What the reader gave. */
  static final class Collected implements ResponseReader.Target {
    @Nullable ResponseEnvelope head;
    final StringBuilder body = new StringBuilder();
    int ends;

    @Override
    public void interim(ResponseEnvelope given) {}

    @Override
    public void switched(ResponseEnvelope given) {}

    @Override
    public void trailers(Headers given) {}

    @Override
    public void head(ResponseEnvelope given) {
      assertNull(head, "one head");
      head = given;
    }

    @Override
    public void body(ByteBuffer piece, boolean last) {
      assertEquals(0, ends, "nothing after the end");
      body.append(StandardCharsets.ISO_8859_1.decode(piece));
      if (last) ends++;
    }
  }
}
