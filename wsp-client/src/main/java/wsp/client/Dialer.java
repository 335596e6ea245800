package wsp.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets to servers (README, The wire), in turn on several HttpClients, for each has one
 * thread for all its connections. Safe for all threads.
 */
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

  private final List<HttpClient> clients;
  private final AtomicInteger turn = new AtomicInteger();
  private final String secretKey;
  private final Duration timeout;

  Dialer(List<HttpClient> clients, String secretKey, Duration timeout) {
    this.clients = clients;
    this.secretKey = secretKey;
    this.timeout = timeout;
  }

  /** A client whose callbacks are made on its own thread, which must not be blocked. */
  static HttpClient newHttpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(Runnable::run)
        .build();
  }

  /**
   * Dials; blocks while the target's name is resolved. A connection that opens hears of it itself.
   *
   * @param failed is told if it does not, on any thread
   */
  void dial(URI target, Connection connection, Consumer<Failure> failed) {
    HttpClient client = clients.get(Math.floorMod(turn.getAndIncrement(), clients.size()));
    var unused =
        client
            .newWebSocketBuilder()
            .header("X-SECRET-KEY", secretKey)
            .connectTimeout(timeout)
            .buildAsync(target, connection)
            .whenComplete(
                (socket, failure) -> {
                  if (failure != null) failed.accept(explain(failure));
                });
  }

  private static Failure explain(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof WebSocketHandshakeException handshake) return refused(handshake);
    if (cause instanceof HttpConnectTimeoutException || cause instanceof HttpTimeoutException)
      return new Failure(false, "timeout");
    if (unresolved(cause)) return new Failure(false, "unknown host");
    if (cause instanceof ConnectException) return new Failure(false, "connection refused");
    return new Failure(false, String.valueOf(cause));
  }

  private static Failure refused(WebSocketHandshakeException handshake) {
    int status = handshake.getResponse() == null ? 0 : handshake.getResponse().statusCode();
    if (status == REFUSED) return new Failure(true, "the secret key is wrong (526)");
    return new Failure(
        status >= 400 && status < 500, "no WebSocket there: the answer is " + status);
  }

  private static boolean unresolved(@Nullable Throwable cause) {
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) return true;
    }
    return false;
  }
}
