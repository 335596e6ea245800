package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.websocket.ProtocolViolationException;

/** The payload of a frame of trailers. */
final class Trailers {
  private static final Logger LOG = LoggerFactory.getLogger(Trailers.class);

  /** Bytes of them as JSON, which may be a few times the 64 KiB that other hops take. */
  static final int MAX = 256 << 10;

  private Trailers() {}

  /** Null for those that the other side would not take. */
  static byte @Nullable [] encode(Headers fields) {
    byte[] json = EnvelopeCodec.encodeTrailers(fields).getBytes(StandardCharsets.UTF_8);
    if (json.length <= MAX) return json;
    dropped("over " + MAX + " bytes as JSON");
    return null;
  }

  /** What they end is whole without them (RFC 9110 §6.5.1). */
  static void dropped(String why) {
    LOG.info("trailers were dropped: {}", why);
  }

  static Headers decode(ByteBuffer payload) throws ProtocolViolationException {
    try {
      return EnvelopeCodec.decodeTrailers(Reassembly.text(payload));
    } catch (EnvelopeException e) {
      throw new ProtocolViolationException(1002, String.valueOf(e.getMessage()));
    }
  }
}
