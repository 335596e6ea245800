package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.websocket.ProtocolViolationException;

/** The payload of a frame of trailers. */
final class Trailers {
  private Trailers() {}

  static Headers decode(ByteBuffer payload) throws ProtocolViolationException {
    try {
      return EnvelopeCodec.decodeTrailers(Reassembly.text(payload));
    } catch (EnvelopeException e) {
      throw new ProtocolViolationException(1002, String.valueOf(e.getMessage()));
    }
  }
}
