package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wsp.tunnel.Reset;

/**
 * What the streams of a link send: heads, data and trailers, which wait with their stream until
 * they may leave. Any thread; {@code link} guards all state, and nothing is called while it is
 * held.
 */
final class Outgoing<O, I> {
  /** Bytes that wait for a socket that takes nothing; beyond this, interim heads are dropped. */
  private static final int MAX_INTERIM = 256 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link<O, I> link;

  Outgoing(Link<O, I> link) {
    this.link = link;
  }

  void head(LinkStream<O, I> s, O head, ByteBuffer first, boolean last) {
    byte[] json = link.heads.encode(head).getBytes(StandardCharsets.UTF_8);
    boolean refused;
    boolean spent;
    synchronized (link) {
      if (s.over) return;
      refused = link.heads.opens() ? !link.streams.begin(s) : link.sender.tooMuch();
      if (refused) refuse(s);
      else begin(s, json, first, last);
      spent = !refused && link.heads.opens() && link.streams.isSpent();
    }
    if (refused) s.listener().onReset(Reset.REFUSED, "the link takes no new exchange");
    send(s);
    if (refused) link.owner.ended(s);
    // Its ids are used up: another link has to take its place.
    if (spent) link.spent();
  }

  /** With the lock. */
  private void refuse(LinkStream<O, I> s) {
    link.streams.forget(s);
    if (link.heads.opens() || link.streams.closed()) return;
    link.streams.reset(s, System.nanoTime());
    byte[] why = ResetReason.encode(Reset.INVALID, "the server does not take the answers");
    link.sender.urgent(FrameType.RESET, s.id, why);
  }

  /** With the lock. */
  private void begin(LinkStream<O, I> s, byte[] json, ByteBuffer first, boolean last) {
    boolean whole = last && !first.hasRemaining();
    s.out.begin();
    link.sender.urgent(headType() | (whole ? FrameType.END : 0), s, json);
    if (whole) s.out.endsWithHead();
    else s.out.add(first, last);
    link.sender.ready(s);
  }

  private int headType() {
    return link.heads.opens() ? FrameType.REQUEST : FrameType.RESPONSE;
  }

  void interim(LinkStream<O, I> s, O head, boolean awaited) {
    byte[] json = link.heads.encode(head).getBytes(StandardCharsets.UTF_8);
    synchronized (link) {
      // It is for the time before the answer: where nothing leaves, it need not.
      if (s.over || link.streams.closed()) return;
      if (awaited ? s.out.begun() : link.sender.waiting() > MAX_INTERIM) return;
      if (s.out.begun()) throw new IllegalStateException("an interim head after the final one");
      link.sender.urgent(headType(), s, json);
    }
    link.writing.run();
  }

  void data(LinkStream<O, I> s, ByteBuffer part, boolean last) {
    synchronized (link) {
      if (s.over || link.streams.closed()) return;
      s.out.add(part, last);
      link.sender.ready(s);
    }
    send(s);
  }

  void trailers(LinkStream<O, I> s, byte[] json) {
    boolean held;
    synchronized (link) {
      if (s.over || link.streams.closed()) return;
      held = link.sender.holds(s.out, json);
      if (!held) s.out.add(NOTHING, true);
      link.sender.ready(s);
    }
    if (!held) Trailers.dropped("they find no memory while the other side takes nothing");
    link.writing.run();
  }

  private void send(LinkStream<O, I> s) {
    link.writing.run();
    synchronized (link) {
      s.out.settle();
    }
  }

  int takesAtOnce(LinkStream<O, I> s) {
    synchronized (link) {
      return link.writing.waits() ? 0 : s.out.takesAtOnce();
    }
  }

  void whenWritten(LinkStream<O, I> s, Runnable action) {
    synchronized (link) {
      if (s.over || link.streams.closed()) return;
      if (s.out.congested()) {
        s.out.whenWritten(action);
        return;
      }
    }
    action.run();
  }

  /** True if nothing waits; else false, and the action runs once that is so. */
  boolean isWritten(LinkStream<O, I> s, Runnable action) {
    synchronized (link) {
      if (s.out.congested()) s.out.whenWritten(action);
      return s.out.isWritten();
    }
  }
}
