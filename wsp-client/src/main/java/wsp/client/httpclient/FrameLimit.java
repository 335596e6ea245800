package wsp.client.httpclient;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.tunnel.Stream;

/**
 * Bounds the frames of HTTP/2 by which an origin says nothing of an answer that is waited for, over
 * one connection (RFC 9113 §10.5): {@code HttpClient} answers PING and SETTINGS although the origin
 * reads nothing (CVE-2019-9512, CVE-2019-9515), and keeps others, without end. What this side asks
 * and sends allows more of them, and so does time. A {@link HeadBlock} follows its heads meanwhile.
 * For one thread each way at a time.
 */
final class FrameLimit {
  /** So many at once: several times what an origin has reason to. */
  static final int AT_ONCE = 1_000;

  private static final int PER_SECOND = 10;
  private static final int MOST = 10_000;

  /** For each request of this side. */
  private static final int EACH_REQUEST = 10;

  /** For each piece of an upload: credit for the stream and for the connection, and a ping. */
  private static final int EACH_PIECE = 3;

  /** For each request that is cancelled: pieces of its answer that are on their way. */
  private static final int EACH_CANCELLED = 512;

  /** Of one answer: interim ones, its own, and the trailers. */
  private static final int HEADS = Stream.MAX_INTERIM + 2;

  /** Bytes of an upload for which one more may come. */
  private static final int EACH_BYTES = 512;

  // Types and flags (RFC 9113 §6).
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int PADDED = 8;

  private static final int HEADER = 9;
  private static final int PREFACE = 24;

  private final Walk out = new Walk(PREFACE);
  private final Walk in = new Walk(0);
  private final HeadBlock head = new HeadBlock();

  /** How many heads of each answer have come, until it is over, or not wanted. */
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

  /** What this side has sent allows so many; of the thread that writes. */
  private volatile long earned;

  // Of the thread that reads.
  private long spent;
  private long left = AT_ONCE;
  private long since;

  /**
   * @param now in nanoseconds
   */
  FrameLimit(long now) {
    since = now;
  }

  /** This side sends these bytes. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time writes.
  void sent(ByteBuffer bytes) {
    while (out.next(bytes, null)) {
      if (out.type == HEADERS) {
        earned += EACH_REQUEST;
        answers.put(out.stream, new AtomicInteger());
      } else if (out.type == RST_STREAM) {
        // HttpClient resets what it does not know, too, as often as that comes.
        if (answers.remove(out.stream) != null) earned += EACH_CANCELLED;
      } else if (out.type == DATA) earned += EACH_PIECE + out.length / EACH_BYTES;
    }
  }

  /**
   * The origin has sent these bytes, which are looked at and not taken.
   *
   * @param now in nanoseconds
   */
  void received(ByteBuffer bytes, long now) throws ReplayException {
    while (in.next(bytes, head)) {
      if (says(in)) continue;
      if (left <= 0) refill(now);
      if (--left < 0)
        throw new ReplayException(
            Failure.INVALID_RESPONSE,
            "the origin sends frames of HTTP/2 without end that say nothing of an answer");
    }
  }

  /** True if the frame is of an answer that is waited for, and says something of it. */
  private boolean says(Walk frame) {
    AtomicInteger heads = frame.ends() ? answers.remove(frame.stream) : answers.get(frame.stream);
    if (heads == null || frame.saysNothing()) return false;
    return frame.type != HEADERS || heads.incrementAndGet() <= HEADS;
  }

  /** Bytes of memory for the head that the origin has begun and not ended; 0 if there is none. */
  int held() {
    return head.held();
  }

  private void refill(long now) {
    long byTime = (now - since) / (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
    since += byTime * (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
    long bySent = earned - spent;
    spent += bySent;
    left = Math.min(MOST, left + byTime + bySent);
  }

  /** Goes from frame to frame of one direction, in whichever pieces they come. */
  private static final class Walk {
    int type;
    int length;
    int stream;
    private int flags;
    private int padding;

    /** Bytes of the header, and of the length of its padding, that have come. */
    private int have;

    /** Bytes to be passed over before the next one. */
    private int rest;

    Walk(int before) {
      rest = before;
    }

    /**
     * True if one more frame has begun, all of whose fields are known.
     *
     * @param head is told of its frames
     */
    boolean next(ByteBuffer bytes, @Nullable HeadBlock head) {
      while (bytes.hasRemaining()) {
        if (rest > 0) {
          int n = Math.min(rest, bytes.remaining());
          if (head != null && ofHead()) head.comes(bytes, n);
          bytes.position(bytes.position() + n);
          rest -= n;
        } else if (begins(bytes.get() & 0xff)) {
          have = 0;
          if (head != null && ofHead()) head.begins(type == HEADERS, flags, length);
          return true;
        }
      }
      return false;
    }

    private boolean ofHead() {
      return type == HEADERS || type == CONTINUATION;
    }

    private boolean begins(int b) {
      switch (have++) {
        case 0 -> {
          length = b;
          padding = 0;
        }
        case 1, 2 -> length = length << 8 | b;
        case 3 -> type = b;
        case 4 -> flags = b;
        case HEADER -> padding = 1 + b;
        default -> stream = stream << 8 | b;
      }
      boolean padded = type == DATA && (flags & PADDED) != 0 && length > 0;
      if (have < (padded ? HEADER + 1 : HEADER)) return false;
      rest = length - (have - HEADER);
      return true;
    }

    /** True if nothing more comes of its answer. */
    boolean ends() {
      boolean last = (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
      return last || type == RST_STREAM;
    }

    boolean saysNothing() {
      return switch (type) {
        case DATA -> length <= padding && (flags & END_STREAM) == 0;
        case HEADERS -> false;
        default -> true;
      };
    }
  }
}
