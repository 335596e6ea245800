package wsp.client.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import wsp.client.net.TlsLayer;

/** What TLS knows of a connection to an origin; of one without TLS, nothing. For all threads. */
final class OriginTls {
  private volatile @Nullable TlsLayer layer;

  /** What was written when the current request began. */
  private volatile long writtenBefore;

  void is(TlsLayer with) {
    layer = with;
  }

  void begin() {
    TlsLayer on = layer;
    if (on != null) writtenBefore = on.written();
  }

  /** True once something that was encrypted could not be written. */
  boolean broken() {
    TlsLayer on = layer;
    return on != null && on.broken();
  }

  /** True if something could not be written, and nothing of the current request was before. */
  boolean brokenFirst() {
    TlsLayer on = layer;
    return on != null && on.broken() && on.written() == writtenBefore;
  }

  /** True if the connection may have been cut: TLS has not ended (RFC 9112 §9.8). */
  boolean mayBeCut() {
    TlsLayer on = layer;
    return on != null && !on.endedProperly();
  }

  /** Reads what has arrived; on the I/O thread. */
  void readNow() throws IOException {
    TlsLayer on = layer;
    if (on != null) on.readNow();
  }

  /** True if what has arrived ends in the middle of a record. */
  boolean hasHalfRecord() {
    TlsLayer on = layer;
    return on != null && on.hasHalfRecord();
  }
}
