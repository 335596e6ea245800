package wsp.client.targets;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import wsp.address.SystemNames;
import wsp.client.net.ConnectFault;
import wsp.client.websocket.DialFailure;
import wsp.log.LogText;
import wsp.process.Descriptors;
import wsp.tls.CertificateFault;
import wsp.tls.HandshakeFailure;
import wsp.tls.UntrustedException;

/**
 * Why a client is not registered at a server, in words that name the guilty party: the server, what
 * stands in front of it, the proxy on the way, or this client.
 */
final class RegistrationFailure {
  private static final int MAX_WORDS = 220;

  /** The server's own answers; the statuses alone might be those of a proxy in front. */
  private static final String WRONG_SECRET = "Invalid X-SECRET-KEY";

  private static final String NO_CERTIFICATE = "A client certificate is required";
  private static final String LABELS = "This key may not have all of these labels";

  private static final String NO_PORT =
      "this machine has no local port left: see net.ipv4.ip_local_port_range";

  private RegistrationFailure() {}

  /** The words for a failure; the proxy on the way is for people, and empty where there is none. */
  static Dialer.Failure of(DialFailure failure, String proxy) {
    if (failure.atProxy())
      return new Dialer.Failure(false, atProxy(failure, "the proxy " + proxy), quoted(failure));
    if (failure.status() > 0) return refused(failure);
    return new Dialer.Failure(false, atServer(failure.cause()));
  }

  private static String atProxy(DialFailure f, String proxy) {
    Exception cause = f.cause();
    if (!f.wants().isEmpty())
      return proxy
          + " wants "
          + LogText.escape(f.wants(), MAX_WORDS)
          + ", of which this client can do none, but Basic alone (407): let it go through a proxy"
          + " of your own that can, such as cntlm or px";
    if (f.status() == 407)
      return proxy
          + " wants a user and a password, or others than those that stand before its host (407)";
    if (f.status() > 0)
      return proxy + " does not let this client through to the server: " + f.status();
    if (Descriptors.areExhausted(cause)) return Descriptors.exhausted();
    if (cause instanceof UnknownHostException unknown)
      return SystemNames.isUnanswered(unknown)
          ? "no name server says what address " + proxy + " has"
          : "the name of " + proxy + " has no address";
    return switch (ConnectFault.of(cause)) {
      case NO_ROUTE -> "there is no way to " + proxy;
      case REFUSED -> proxy + " refuses connections" + others(cause);
      case TIMEOUT -> proxy + " does not answer in time" + others(cause);
      case NO_PORT -> NO_PORT;
      default -> proxy + " failed: " + cause.getMessage() + others(cause);
    };
  }

  private static String atServer(Exception cause) {
    UntrustedException untrusted = HandshakeFailure.untrusted(cause);
    if (untrusted != null) return "the server is not trusted: " + certificate(untrusted);
    if (Descriptors.areExhausted(cause)) return Descriptors.exhausted();
    if (cause instanceof SSLException tls)
      return "the TLS handshake failed: " + HandshakeFailure.words(tls);
    if (cause instanceof UnknownHostException unknown)
      return SystemNames.isUnanswered(unknown)
          ? "no name server says what address the server has"
          : "unknown host: the name of the server has no address";
    if (cause instanceof EOFException)
      return "the server closed the connection without an answer; if its port speaks TLS, the"
          + " target has to be a wss:// URL";
    return switch (ConnectFault.of(cause)) {
      case TIMEOUT -> "timeout" + others(cause);
      case REFUSED -> "connection refused" + others(cause);
      case NO_PORT -> NO_PORT;
      default -> cause.getMessage() + others(cause);
    };
  }

  private static String certificate(UntrustedException e) {
    CertificateFault fault = e.fault();
    boolean authority =
        fault == CertificateFault.SELF_SIGNED
            || fault == CertificateFault.UNKNOWN_AUTHORITY
            || fault == CertificateFault.UNKNOWN_ISSUER;
    return e.getMessage() + (authority ? "; if it is your own, name its file in targetcafile" : "");
  }

  private static Dialer.Failure refused(DialFailure f) {
    int status = f.status();
    boolean permanent = status == 526 || (status >= 400 && status < 500);
    String known = known(f);
    return known == null
        ? new Dialer.Failure(permanent, because(f), quoted(f))
        : new Dialer.Failure(permanent, known);
  }

  /** For an answer whose own words say no more; null for others. */
  private static @Nullable String known(DialFailure f) {
    String words = f.words();
    if (words.startsWith(WRONG_SECRET)) return "the secret key is wrong (" + f.status() + ")";
    if (words.startsWith(NO_CERTIFICATE))
      return "the server wants a certificate of this client that it trusts: see targetcertfile and"
          + " targetkeyfile";
    if (words.startsWith(LABELS)) return "the secret key does not allow all of these labels";
    return switch (f.status()) {
      case 301, 302, 303, 307, 308 ->
          "the target redirects (" + f.status() + ") to another URL, which has to be the target";
      default -> null;
    };
  }

  private static String because(DialFailure f) {
    String status = " (" + f.status() + ")";
    return switch (f.status()) {
      case 101, 200 -> "no WebSocket there: " + f.cause().getMessage();
      case 401, 407 -> "what stands in front of the server asks for a password" + status;
      case 404, 405 -> "there is no /register at that URL; look at the target's path" + status;
      case 403 -> "the server, or what stands in front of it, forbids the registration" + status;
      case 502, 504 -> "what stands in front of the server cannot reach it" + status;
      case 429, 503 -> "the server takes no registration now" + status;
      case 526 -> "the server refuses the registration" + status;
      default -> "no WebSocket there: the answer is " + f.status();
    };
  }

  private static String quoted(DialFailure f) {
    return f.words().isEmpty() ? "" : ", in its words: " + LogText.escape(f.words(), MAX_WORDS);
  }

  /** The failures at the other addresses of that name. */
  private static String others(Exception cause) {
    if (cause.getSuppressed().length == 0) return "";
    return Arrays.stream(cause.getSuppressed())
        .map(other -> String.valueOf(other.getMessage()))
        .distinct()
        .collect(Collectors.joining(", ", "; at its other addresses: ", ""));
  }
}
