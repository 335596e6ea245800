package wsp.client.httpclient;

import java.nio.ByteBuffer;
import wsp.envelope.FieldMemory;

/**
 * The head of an answer, or the trailers, that an origin has begun over HTTP/2 and not ended, in
 * one frame or in several (RFC 9113 §4.3): how much memory that takes. {@code HttpClient} keeps a
 * frame as it came until it is whole, and its fields then. For one thread.
 */
final class HeadBlock {
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;

  /** Bytes of the dependency and the weight of a stream. */
  private static final int PRIORITY_BYTES = 5;

  private final HpackFields fields = new HpackFields();
  private boolean open;

  // Of the frame.
  private boolean last;
  private int come;
  private int left;
  private boolean padded;
  private int padding;
  private int priority;

  /** One of its frames begins. */
  void begins(boolean first, int flags, int length) {
    open = true;
    last = (flags & END_HEADERS) != 0;
    come = 0;
    left = length;
    padded = first && (flags & PADDED) != 0;
    padding = 0;
    priority = first && (flags & PRIORITY) != 0 ? PRIORITY_BYTES : 0;
    endsWhereWhole();
  }

  /** So many bytes more of that frame, which are looked at and not taken. */
  void comes(ByteBuffer bytes, int n) {
    come += n;
    // The fields of the last frame are not here before it is whole, nor of interest then.
    if (last) left -= n;
    else for (int i = bytes.position(), end = i + n; i < end; i++) comes(bytes.get(i));
    endsWhereWhole();
  }

  private void comes(byte b) {
    left--;
    if (padded) {
      padded = false;
      padding = b & 0xff;
    } else if (priority > 0) priority--;
    else if (left >= padding) fields.next(b & 0xff);
  }

  private void endsWhereWhole() {
    if (left > 0 || !last) return;
    open = false;
    fields.clear();
  }

  /** Bytes of memory, at least one; 0 if nothing has begun. */
  int held() {
    if (!open) return 0;
    long all = (last ? come : 1) + FieldMemory.of(fields.bytes(), fields.count());
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, all));
  }
}
