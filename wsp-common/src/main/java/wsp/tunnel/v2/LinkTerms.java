package wsp.tunnel.v2;

import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * The numbers that one side of a link tells the other in the handshake. Immutable.
 *
 * @param streams the most exchanges at once
 * @param window bytes of data that may be sent on a stream before credit comes
 * @param frame bytes of data in one frame at most
 */
public record LinkTerms(int streams, int window, int frame) {
  /** The subprotocol of version 2 (RFC 6455 §1.9). */
  public static final String SUBPROTOCOL = "wsp.2";

  /** The numbers of a side that tells none. */
  public static final LinkTerms DEFAULT = new LinkTerms(256, 65_536, 16_384);

  /** Bytes of data in one frame that both daemons take: as many as one read may bring. */
  public static final int FRAME = 65_536;

  private static final String STREAMS = "X-PROXY-STREAMS";
  private static final String WINDOW = "X-PROXY-WINDOW";
  private static final String FRAME_FIELD = "X-PROXY-FRAME";
  private static final int MAX_STREAMS = 1 << 20;
  private static final int MAX_FRAME = 1 << 24;

  /** Reads the fields of a handshake: one number in range each, or none. */
  public static LinkTerms of(Headers fields) throws EnvelopeException {
    return new LinkTerms(
        number(fields, STREAMS, DEFAULT.streams, MAX_STREAMS),
        number(fields, WINDOW, DEFAULT.window, Integer.MAX_VALUE),
        number(fields, FRAME_FIELD, DEFAULT.frame, MAX_FRAME));
  }

  /**
   * True if a server has answered an offer of {@link #SUBPROTOCOL}: with that, or, where a proxy on
   * the way has dropped the field, by its numbers, which it tells for no other reason.
   */
  public static boolean accepted(Headers answer) {
    return answer.all("Sec-WebSocket-Protocol").contains(SUBPROTOCOL) || answer.has(STREAMS);
  }

  private static int number(Headers fields, String name, int otherwise, int most)
      throws EnvelopeException {
    var all = fields.all(name);
    if (all.isEmpty()) return otherwise;
    long n = all.size() > 1 ? -1 : Ascii.number(all.get(0), 10);
    if (n >= 1 && n <= most) return (int) n;
    throw new EnvelopeException(name + " is not one number from 1 to " + most);
  }

  public Headers fields() {
    return new Headers.Builder()
        .add(STREAMS, String.valueOf(streams))
        .add(WINDOW, String.valueOf(window))
        .add(FRAME_FIELD, String.valueOf(frame))
        .build();
  }
}
