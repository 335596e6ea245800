package wsp.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * An engine of a client's TLS that passes over the warning of a server which has no certificate for
 * the name that was asked for, and goes on with another one (RFC 6066 §3). The JDK ends such a
 * handshake; OpenSSL and Go go on, as whether the certificate is for the name is found out anyway.
 * One reads at a time.
 */
final class ForgivingEngine extends ForwardingEngine {
  /** A record of its own, in plain text: alert, any version, two bytes, warning, its number. */
  private static final int LENGTH = 7;

  private static final int ALERT = 21;
  private static final int WARNING = 1;
  private static final int UNRECOGNIZED_NAME = 112;

  private boolean forgiven;

  ForgivingEngine(SSLEngine inner) {
    super(inner);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    // Once: no server has more to say of it.
    if (forgiven || !warns(from)) return super.unwrap(from, to, offset, length);
    forgiven = true;
    from.position(from.position() + LENGTH);
    return new SSLEngineResult(Status.OK, getHandshakeStatus(), LENGTH, 0);
  }

  private static boolean warns(ByteBuffer from) {
    int at = from.position();
    return from.remaining() >= LENGTH
        && from.get(at) == ALERT
        && from.get(at + 3) == 0
        && from.get(at + 4) == 2
        && from.get(at + 5) == WARNING
        && from.get(at + 6) == UNRECOGNIZED_NAME;
  }
}
