package wsp.client;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.Tunnel;
import wsp.client.websocket.WebSocketDialer;

/** Registers with servers (README, The wire). Safe for all threads. */
final class Dialer {
  /** The server's answer to a wrong secret. */
  private static final int REFUSED = 526;

  /**
   * Why there is no connection.
   *
   * @param permanent true if trying again soon won't help
   * @param reason for the log
   */
  record Failure(boolean permanent, String reason) {}

  private final WebSocketDialer webSockets;
  private final ProxySettings proxy;
  private final String secretKey;

  Dialer(WebSocketDialer webSockets, ProxySettings proxy, String secretKey) {
    this.webSockets = webSockets;
    this.proxy = proxy;
    this.secretKey = secretKey;
  }

  /**
   * Dials; blocks while the target's name is resolved. A connection that opens hears of it itself.
   *
   * @param failed is told if it does not, on any thread
   */
  void dial(Endpoint target, Connection connection, Consumer<Failure> failed) {
    webSockets.dial(
        target,
        proxy
            .forTarget(target)
            .map(p -> new Tunnel(p.host(), p.port(), p.authorization()))
            .orElse(null),
        Map.of("X-SECRET-KEY", secretKey),
        connection,
        (status, cause) -> failed.accept(explain(status, cause)));
  }

  private static Failure explain(int status, Exception cause) {
    if (status == REFUSED) return new Failure(true, "the secret key is wrong (526)");
    if (status > 0)
      return new Failure(status >= 400 && status < 500, String.valueOf(cause.getMessage()));
    if (has(cause, CertificateException.class))
      return new Failure(false, "the server's certificate is not trusted");
    if (cause instanceof SSLException) return new Failure(false, "the TLS handshake failed");
    if (cause instanceof SocketTimeoutException) return new Failure(false, "timeout");
    if (cause instanceof UnknownHostException) return new Failure(false, "unknown host");
    if (cause instanceof ConnectException) return new Failure(false, "connection refused");
    return new Failure(false, String.valueOf(cause.getMessage()));
  }

  private static boolean has(@Nullable Throwable cause, Class<? extends Throwable> type) {
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (type.isInstance(cause)) return true;
    }
    return false;
  }
}
