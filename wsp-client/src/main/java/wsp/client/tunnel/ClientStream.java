package wsp.client.tunnel;

import java.nio.ByteBuffer;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;

/**
 * One exchange on a link, as the client has it: the response goes into it, the request comes to a
 * {@link Served}.
 *
 * <p>Threads: the request's side is the link's; the response's may be any, but one at a time.
 */
public interface ClientStream {
  /** The server that it came from, for logs. */
  String target();

  /** Address and port at the other end of the link. */
  String remote();

  /** True if its wire carries more than plain exchanges: interim heads, trailers, upgrades. */
  boolean carriesInterim();

  /** More of the request's body is wanted, after {@link Served#body} gave false. */
  void taken();

  /**
   * Sends a head that is not the final one (RFC 9110 §15.2), at once and before it. A wire that has
   * none drops it.
   */
  void interim(ResponseEnvelope head);

  /**
   * The body is wanted, which a server keeps that has sent an expectation (RFC 9110 §10.1.1). From
   * any thread; without effect after the head, and on a wire where no server waits.
   */
  default void bodyWanted() {}

  /** Sends the head with what is sent next, or at the next {@link #flush}. */
  void head(ResponseEnvelope head);

  /** Sends what is held back. */
  void flush();

  /** Sends a piece, which is free then; true if written at once, else this is run when it is. */
  boolean data(ByteBuffer piece, boolean last, Runnable then);

  /** How many bytes would be written at once, about, as things are; 0 if some wait already. */
  int takesAtOnce();

  /** True if data that waits is copied, and its buffer may be used again at once. */
  default boolean copies() {
    return false;
  }

  /** These follow the last piece, before which they come. A wire that has none drops them. */
  default void trailers(Headers fields) {}

  /** Request and response are whole, and what the request took here is free again. */
  void finished();

  /**
   * They are whole, but the origin still takes the rest of the request: {@link #finished} comes
   * when it has, or never will. Until then the exchange has its place, and may be cancelled.
   */
  default void rests() {}

  /** Breaks off, so that the server can tell; words for it, or for the log if it is to blame. */
  void reset(Reset why, String words);
}
