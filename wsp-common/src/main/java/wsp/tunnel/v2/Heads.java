package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Predicate;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.websocket.ProtocolViolationException;

/**
 * The heads that one side sends and those that come to it, as JSON.
 *
 * @param <O> the head that this side sends
 * @param <I> the head that comes
 * @param opens true at the side that opens streams
 * @param interim true for a head that another one follows
 */
public record Heads<O, I>(
    boolean opens, Function<O, String> encoder, Decoder<I> decoder, Predicate<I> interim) {
  /** Reads a head that comes. */
  public interface Decoder<I> {
    I decode(String json) throws EnvelopeException;
  }

  /** The server's: requests out, responses in. */
  public static final Heads<RequestEnvelope, ResponseEnvelope> OF_SERVER =
      new Heads<>(
          true,
          EnvelopeCodec::encode,
          EnvelopeCodec::decodeAnyResponse,
          ResponseEnvelope::isInterim);

  /** The client's: responses out, requests in. */
  public static final Heads<ResponseEnvelope, RequestEnvelope> OF_CLIENT =
      new Heads<>(false, EnvelopeCodec::encode, EnvelopeCodec::decodeRequest, head -> false);

  /** The payload of a head's frame. */
  byte[] encode(O head) {
    return encoder.apply(head).getBytes(StandardCharsets.UTF_8);
  }

  I decode(ByteBuffer payload) throws ProtocolViolationException {
    try {
      return decoder.decode(Reassembly.text(payload));
    } catch (EnvelopeException e) {
      throw ProtocolViolationException.violation(String.valueOf(e.getMessage()));
    }
  }

  boolean isInterim(I head) {
    return interim.test(head);
  }
}
