package wsp.client.net;

import java.nio.ByteBuffer;

/**
 * Follows where the records of TLS begin and end in what arrives (RFC 8446 §5.1). For one thread.
 */
final class Records {
  private static final int HEADER = 5;

  /** Bytes of the record's header that have come; the last two are its length. */
  private int header;

  private int length;

  void received(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (header < HEADER) {
        length = ((length << 8) | (bytes.get() & 0xff)) & 0xffff;
        header++;
      } else {
        int n = Math.min(length, bytes.remaining());
        bytes.position(bytes.position() + n);
        length -= n;
      }
      if (header == HEADER && length == 0) header = 0;
    }
  }

  boolean between() {
    return header == 0;
  }
}
