package wsp.client.httpclient;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ConnectFailure;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.log.LogText;
import wsp.observe.Side;
import wsp.process.Descriptors;

/**
 * What an exception of {@code HttpClient} means, as a row of {@link Failure}. It wraps what it has
 * caught, and tells some things in words alone. Stateless.
 */
final class Faults {
  private static final int DEPTH = 10;
  private static final int SHOWN = 200;

  private Faults() {}

  /** True if there was no connection, so that nothing was sent. */
  static boolean isOfConnecting(Throwable failure) {
    return find(failure, ConnectException.class) != null
        || find(failure, NoRouteToHostException.class) != null
        || find(failure, HttpConnectTimeoutException.class) != null;
  }

  /** True if the origin takes no more streams on its connection, so that nothing was sent. */
  static boolean isOfStreams(Throwable failure) {
    return text(root(failure)).contains("too many concurrent streams");
  }

  /** True if a connection could not be gone on with, before anything was sent there. */
  static boolean isOfRefusal(Throwable failure) {
    ReplayException why = find(failure, ReplayException.class);
    return why != null
        && why.failure() == Failure.CLOSED_EARLY
        && find(failure, CheckedEngine.Refusal.class) != null;
  }

  /** True if the origin has said that it has not looked at it (RFC 9113 §6.8, §8.7). */
  static boolean isUnprocessed(Throwable failure) {
    return text(root(failure)).equals("request not processed by peer");
  }

  static ReplayException beforeHead(Route route, Throwable failure) {
    ReplayException refused = find(failure, ReplayException.class);
    if (refused != null) return refused;
    if (Descriptors.areExhausted(failure)) return noDescriptor(route);
    Throwable root = root(failure);
    // An address of a family that this Java was told not to use.
    if (root instanceof UnsupportedAddressTypeException e) return ConnectFailure.of(route, e);
    if (root instanceof IllegalArgumentException && !(root instanceof NumberFormatException))
      return Requests.cannot("refuses the request: " + words(root));
    Exception connecting = connecting(route, failure, root);
    if (connecting != null) return ConnectFailure.of(route, connecting);
    if (root instanceof EOFException || root instanceof SocketException) return closed(failure);
    String words = words(root);
    if (words.contains("eader size too"))
      return new ReplayException(
          Failure.LARGE_HEAD, "the response's head is larger than maxheader");
    if (isOfParsing(root, words))
      return new ReplayException(Failure.INVALID_RESPONSE, "invalid response: " + words);
    return root instanceof IOException
        ? new ReplayException(Failure.CLOSED_EARLY, "the origin broke off: " + words)
        : failed(root);
  }

  private static ReplayException failed(Throwable root) {
    return new ReplayException(Failure.INTERNAL, "the engine httpclient failed: " + words(root));
  }

  /** There is no descriptor for a connection, which is no fault of the origin. */
  static ReplayException noDescriptor(Route route) {
    return ConnectFailure.of(route, new SocketException("Too many open files"));
  }

  /** A request has waited too long to be sent; connected: for others that run at its origin. */
  static ReplayException unsent(Route route, boolean connected) {
    return new ReplayException(
        Failure.CONNECT_TIMEOUT,
        connected
            ? "cannot connect securely to " + route.name() + ": too many requests run there"
            : "cannot connect to " + route.name() + ": timeout");
  }

  private static boolean isOfParsing(Throwable root, String words) {
    return root instanceof ProtocolException
        || root instanceof NumberFormatException
        || words.contains("unexpected content length");
  }

  private static ReplayException closed(Throwable failure) {
    boolean begun = false;
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEPTH; i++, cause = cause.getCause())
      begun |= text(cause).startsWith("parsing HTTP/1.1 header");
    return new ReplayException(
        Failure.CLOSED_EARLY,
        begun
            ? "the origin closed the connection in the middle of a response's head"
            : "the origin closed the connection before it answered");
  }

  /** Why there is no connection; null if there is one. */
  private static @Nullable Exception connecting(Route route, Throwable failure, Throwable root) {
    if (find(failure, HttpConnectTimeoutException.class) != null)
      return new SocketTimeoutException("timeout");
    Exception tls = find(failure, SSLException.class);
    if (tls != null && route.secure()) return tls;
    return isOfConnecting(failure) && root instanceof Exception e ? e : null;
  }

  static ReplayException withinBody(Throwable failure) {
    ReplayException refused = find(failure, ReplayException.class);
    if (refused != null && refused.failure().side() == Side.CLIENT) return refused;
    Throwable root = root(failure);
    if (refused == null && !(root instanceof IOException)) return failed(root);
    String words = words(root);
    return new ReplayException(
        Failure.CUT_BODY,
        words.contains("chunk header") || words.contains("chunk size")
            ? "the response's chunks are broken"
            : "the origin broke off in the middle of its response: " + words);
  }

  private static String words(Throwable cause) {
    String shown = LogText.escape(text(cause), SHOWN).replace('"', '\'');
    return shown.isEmpty() ? cause.getClass().getSimpleName() : shown;
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < DEPTH; i++) {
      Throwable next = root.getCause();
      if (next == null || next instanceof ClosedChannelException) break;
      root = next;
    }
    return root;
  }

  private static <E extends Exception> @Nullable E find(Throwable failure, Class<E> kind) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEPTH; i++, cause = cause.getCause())
      if (kind.isInstance(cause)) return kind.cast(cause);
    return null;
  }
}
