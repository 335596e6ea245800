package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/** What a reader of responses gave: one head, and pieces of a body up to the last. */
class Collected implements ResponseReader.Target {
  final StringBuilder body = new StringBuilder();
  @Nullable ResponseEnvelope head;
  boolean ended;

  @Override
  public void interim(ResponseEnvelope given) {}

  @Override
  public void switched(ResponseEnvelope given) {}

  @Override
  public void trailers(Headers given) {}

  @Override
  public void head(ResponseEnvelope given) {
    assertNull(head, "two heads");
    head = given;
  }

  @Override
  public void body(ByteBuffer piece, boolean last) {
    assertFalse(ended, "a piece after the last");
    body.append(StandardCharsets.ISO_8859_1.decode(piece));
    ended = last;
  }
}
