package wsp.client;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.Tunnel;
import wsp.client.websocket.WebSocketDialer;
import wsp.envelope.Labels;
import wsp.process.Descriptors;
import wsp.tls.WrongNameException;

/** Registers with servers (README, The wire). Safe for all threads. */
final class Dialer {
  /** The server's answer to a wrong secret. */
  private static final int REFUSED = 526;

  /** And to labels that the secret does not allow. */
  private static final int FORBIDDEN = 403;

  /**
   * Why there is no connection.
   *
   * @param permanent true if trying again soon won't help
   * @param reason for the log
   */
  record Failure(boolean permanent, String reason) {}

  private final WebSocketDialer webSockets;
  private final ProxySettings proxy;
  private final Map<String, String> fields;

  Dialer(WebSocketDialer webSockets, ProxySettings proxy, String secretKey, List<String> labels) {
    this.webSockets = webSockets;
    this.proxy = proxy;
    this.fields = fields(secretKey, labels);
  }

  /** Of the handshake. Labels are offered; whether the server takes them is its business. */
  private static Map<String, String> fields(String secretKey, List<String> labels) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("X-SECRET-KEY", secretKey);
    if (!labels.isEmpty()) {
      fields.put("Sec-WebSocket-Protocol", Labels.SUBPROTOCOL);
      fields.put(Labels.FIELD, Labels.format(labels));
    }
    return fields;
  }

  /**
   * Dials, without waiting. A connection that opens hears of it itself.
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
        fields,
        connection,
        (status, cause) -> failed.accept(explain(status, cause)));
  }

  private static Failure explain(int status, Exception cause) {
    String more = cause.getSuppressed().length == 0 ? "" : others(cause);
    if (status == REFUSED) return new Failure(true, "the secret key is wrong (526)");
    if (status == FORBIDDEN)
      return new Failure(true, "the secret key does not allow it, or not these labels (403)");
    if (status > 0)
      return new Failure(status >= 400 && status < 500, String.valueOf(cause.getMessage()));
    if (has(cause, WrongNameException.class))
      return new Failure(false, "the server's certificate is for other names than this");
    if (Descriptors.areExhausted(cause)) return new Failure(false, Descriptors.exhausted());
    if (has(cause, CertificateException.class))
      return new Failure(false, "the server's certificate is not trusted");
    if (cause instanceof SSLException) return new Failure(false, "the TLS handshake failed");
    if (cause instanceof SocketTimeoutException) return new Failure(false, "timeout" + more);
    if (cause instanceof UnknownHostException) return new Failure(false, "unknown host");
    if (cause instanceof ConnectException) return new Failure(false, "connection refused" + more);
    return new Failure(false, cause.getMessage() + more);
  }

  /** What became of the target's other addresses. */
  private static String others(Exception cause) {
    return Arrays.stream(cause.getSuppressed())
        .map(other -> String.valueOf(other.getMessage()))
        .distinct()
        .collect(Collectors.joining(", ", "; at its other addresses: ", ""));
  }

  private static boolean has(@Nullable Throwable cause, Class<? extends Throwable> type) {
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (type.isInstance(cause)) return true;
    }
    return false;
  }
}
