package wsp.client.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;
import wsp.limit.Budget;
import wsp.tls.TlsFiles;

/** Opens WebSockets to {@code ws://} and {@code wss://} targets. Safe for all threads. */
public final class WebSocketDialer {
  /** Who hears how it went, once. */
  public interface Outcome {
    /**
     * There is no WebSocket.
     *
     * @param status the server's answer instead, 0 if there was none
     * @param cause what happened
     */
    void failed(int status, Exception cause);
  }

  /** Bytes of all messages that are not whole; they nearly always come in one piece. */
  private static final long LEAST_BUDGET = 8 << 20;

  private final Reactor reactor;
  private final TlsFiles tls;
  private final Duration timeout;
  private final int maxText;
  private final Budget budget;

  /**
   * @param tls for secure targets
   * @param timeout for a connection, with all that belongs to its opening
   * @param maxText the longest text message that is taken, in characters
   */
  public WebSocketDialer(Reactor reactor, TlsFiles tls, Duration timeout, int maxText) {
    this.reactor = reactor;
    this.tls = tls;
    this.timeout = timeout;
    this.maxText = maxText;
    this.budget = new Budget(Math.max(LEAST_BUDGET, 4L * maxText));
  }

  /**
   * Dials; blocks while the name of the target, or of the proxy, is resolved. The listener hears of
   * a WebSocket that opens.
   *
   * @param tunnel the way there, null for the direct one
   * @param fields of the handshake's head
   */
  public void dial(
      Endpoint target,
      @Nullable Tunnel tunnel,
      Map<String, String> fields,
      WebSocketListener listener,
      Outcome outcome) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      List<InetAddress> addresses = addresses(target, tunnel);
      new Attempt(target, tunnel, fields, listener, outcome, addresses, deadline).next();
    } catch (UnknownHostException e) {
      outcome.failed(0, e);
    }
  }

  private static List<InetAddress> addresses(Endpoint target, @Nullable Tunnel tunnel)
      throws UnknownHostException {
    if (tunnel != null) return List.of(InetAddress.getAllByName(tunnel.host()));
    InetAddress address = target.address();
    return address != null ? List.of(address) : List.of(InetAddress.getAllByName(target.host()));
  }

  /** The way along the addresses of a target. */
  private final class Attempt implements FutureCallback<IOSession> {
    private final Endpoint target;
    private final @Nullable Tunnel tunnel;
    private final Map<String, String> fields;
    private final WebSocketListener listener;
    private final Outcome outcome;
    private final List<InetAddress> addresses;
    private final long deadline;
    private int tried;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Opening opening;

    Attempt(
        Endpoint target,
        @Nullable Tunnel tunnel,
        Map<String, String> fields,
        WebSocketListener listener,
        Outcome outcome,
        List<InetAddress> addresses,
        long deadline) {
      this.target = target;
      this.tunnel = tunnel;
      this.fields = fields;
      this.listener = listener;
      this.outcome = outcome;
      this.addresses = addresses;
      this.deadline = deadline;
    }

    private Duration left() {
      return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    void next() {
      // What is left is shared by the addresses that are left.
      Duration share = left().dividedBy(addresses.size() - tried);
      int port = tunnel == null ? target.port() : tunnel.port();
      InetSocketAddress address = new InetSocketAddress(addresses.get(tried++), port);
      Opening next =
          new Opening(
              target,
              tunnel,
              target.secure() ? tls : null,
              deadline,
              new Handshake(target.url(), fields),
              maxText,
              budget,
              listener,
              this::ended);
      opening = next;
      var unused = reactor.connect(target.host(), address, share, next, this);
    }

    @Override
    public void completed(IOSession session) {
      Opening connected = opening;
      if (connected != null) connected.tcpConnected(session);
    }

    @Override
    public void failed(Exception cause) {
      if (tried < addresses.size() && deadline - System.nanoTime() > 0) next();
      else tell(0, cause);
    }

    @Override
    public void cancelled() {
      tell(0, new CancellationException());
    }

    /** It was connected, and came to nothing. */
    private void ended(Exception cause) {
      int status = cause instanceof Handshake.RefusedException r ? r.status() : 0;
      tell(status, cause);
    }

    private void tell(int status, Exception cause) {
      if (told.compareAndSet(false, true)) outcome.failed(status, cause);
    }
  }

  /** What a time-out is. */
  static IOException timedOut() {
    return new SocketTimeoutException("timeout");
  }
}
