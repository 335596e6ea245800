package wsp.client.websocket;

import java.time.Duration;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;
import wsp.tls.TlsFiles;

/**
 * What a WebSocket is opened on: a TCP connection, with TLS on top in its time, and a limit to all
 * of it. On the connection's I/O thread.
 */
final class Ground {
  private final Endpoint target;
  private final long deadline;
  private @Nullable TlsFiles tls;
  private @Nullable IOSession tcp;
  private boolean secure;

  Ground(Endpoint target, @Nullable TlsFiles tls, long deadline) {
    this.target = target;
    this.tls = tls;
    this.deadline = deadline;
  }

  void is(IOSession session) {
    tcp = session;
    limit();
  }

  /** True from {@link #startTls} on. */
  boolean secure() {
    return secure;
  }

  /** True if TLS is to come first. */
  boolean startTls() {
    TlsFiles files = tls;
    tls = null;
    if (files == null || tcp == null) return false;
    secure = true;
    // The handshake has a limit of its own, and restores this one.
    limit(Timeout.DISABLED);
    var unused = Reactor.startTls(tcp, files, target.host(), target.port(), left());
    return true;
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }

  /** Silence until the deadline ends it. */
  void limit() {
    limit(Timeout.ofMilliseconds(left().toMillis()));
  }

  /**
   * Silence for so long ends it. Set on the TCP connection: the layer of TLS would keep a limit for
   * good.
   */
  void limit(Timeout silence) {
    if (tcp != null) tcp.setSocketTimeout(silence);
  }
}
