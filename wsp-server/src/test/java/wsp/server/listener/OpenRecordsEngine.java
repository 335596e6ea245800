package wsp.server.listener;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** TLS without a handshake and without secrets: records are taken off what comes, and no more. */
final class OpenRecordsEngine extends LastWordsEngine {
  private static final int HEADER = 5;

  OpenRecordsEngine() {
    super(0);
  }

  /** What comes in is to look like this: a record for each byte. */
  static byte[] sealed(byte[] plain) {
    ByteBuffer out = ByteBuffer.allocate(plain.length * (HEADER + 1));
    for (byte b : plain) out.put((byte) 23).put((byte) 3).put((byte) 3).putShort((short) 1).put(b);
    return out.array();
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to) {
    int n = from[offset].remaining();
    to.put(from[offset]);
    return new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, n, n);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) {
    int n = from.remaining();
    to[offset].put(from.position(from.position() + HEADER));
    return new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, n, n - HEADER);
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return HandshakeStatus.NOT_HANDSHAKING;
  }
}
