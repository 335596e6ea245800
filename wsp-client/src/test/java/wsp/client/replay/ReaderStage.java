package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;

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
}
