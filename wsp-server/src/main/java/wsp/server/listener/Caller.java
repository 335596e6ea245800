package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;

/**
 * One request of a caller, and the way to answer it. Body and response go at the same time. Nothing
 * blocks: a writer that sees {@link #congested()} stops until {@link #whenWritten} calls it. The
 * response methods may be called from any thread, but by one at a time.
 */
public interface Caller {
  Headers PLAIN_TEXT =
      Headers.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");

  /** Takes the request's body, on the caller's own thread. */
  interface BodySink {
    /** A piece of the body, valid until this returns. */
    void onBody(ByteBuffer part, boolean last);

    /** Nothing of it has come for a second or more; told once a second, on the same thread. */
    default void onNothing() {}

    /** The trailers that go on, before the last piece; not called where there are none. */
    default void onBodyTrailers(Headers fields) {}

    /**
     * True while nothing goes on before all of it is here: then all of it has to come within the
     * limit for no progress, and its caller gives way first where memory is short.
     */
    default boolean takesAll() {
      return false;
    }
  }

  RequestHead head();

  Remote remote();

  /**
   * Whose the request is: they are charged with all that its connection holds.
   *
   * @param who equal for all of one caller
   * @param known whether by a key, or only by an address
   */
  void isOf(Object who, boolean known);

  /** Begins to read the body; sends the 100 that the caller may be waiting for. */
  void readBody(BodySink reader);

  /**
   * What is left of the body interests nobody: it is read past, up to some megabytes, for the next
   * request's sake.
   */
  void discardBody();

  /** The head is kept with a URL of so many characters, which it has led to. */
  void leadsTo(int urlLength);

  /** So many bytes of the body are kept by whoever reads it: they count as the caller's. */
  void keeps(int bodyBytes);

  /** So many more or fewer bytes of the body are passed on and not taken: these count, too. */
  void unsent(int more);

  void pauseBody();

  void resumeBody();

  /** Hears that nobody is there any more to be answered. */
  @FunctionalInterface
  interface Gone {
    /**
     * The connection is gone, or is about to go.
     *
     * @param told what it has told the caller itself, since the rest of the request is bad, comes
     *     too slowly or has no room; null: the caller has left
     */
    void gone(RequestListener.@Nullable Refusal told);
  }

  /** Is told once when the caller's connection is gone before the response is complete. */
  void onGone(Gone action);

  /** A whole small response, as plain text. Only before {@link #respond}. */
  default void respond(int status, Headers headers, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (respond(status, PLAIN_TEXT.and(headers), bytes.length)) write(ByteBuffer.wrap(bytes), true);
  }

  /**
   * Switches to another protocol with a 101 (RFC 9110 §7.8), or opens a tunnel with a 2xx (§9.3.6):
   * instead of {@link #respond}, and before {@link #readBody}. From here on the body and the
   * response are the bytes that the caller sends and gets, those first that came behind its head.
   * The last piece of either is half a close; the connection is closed after both, and reset by
   * {@link #abort}.
   */
  void upgrade(int status, Headers headers);

  /**
   * Writes a head that another one follows (RFC 9110 §15.2), at once. Dropped for a caller that
   * speaks HTTP/1.0, after {@link #respond}, and while the caller takes nothing.
   *
   * @param status 100 to 199, but not 101
   */
  void interim(int status, Headers headers);

  /**
   * Begins a response. The head goes out with the first bytes of the body, or with {@link #flush}.
   *
   * @param length bytes of the body, -1 where it is not known; ignored where the response has none
   *     (RFC 9112 §6.3)
   * @return whether a body is to follow; if not, the response is complete
   */
  boolean respond(int status, Headers headers, long length);

  /** A piece of the body, which is copied; the last one completes the response. */
  void write(ByteBuffer part, boolean last);

  /** Completes the response with trailers, which are left out unless its body is in chunks. */
  void end(Headers trailers);

  /** Sends a head that is still held back. */
  void flush();

  /** True while bytes wait for the caller's socket. */
  boolean congested();

  /** Runs the action once nothing waits for the socket any more, perhaps at once. */
  void whenWritten(Runnable action);

  /** Breaks the response off so that the caller can tell. */
  void abort();
}
