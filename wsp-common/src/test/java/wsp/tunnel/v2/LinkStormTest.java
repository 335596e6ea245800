package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;
import wsp.websocket.FrameCarrier;
import wsp.websocket.FrameHeader;
import wsp.websocket.FrameWriter;
import wsp.websocket.Masking;
import wsp.websocket.ProtocolViolationException;

/** Many threads on one link: every byte arrives once and in order, and nothing stays behind. */
class LinkStormTest {
  private static final int CALLERS = 4;
  private static final int EACH = 150;
  private static final LinkTerms TERMS = new LinkTerms(64, 4_000, 1_500);

  private final Windows windows = new Windows(1 << 20);
  private final Ends ends = new Ends();
  private final List<Throwable> wrong = new ArrayList<>();

  /** Bytes for the other end, read by one thread of its own. */
  private static final class Pipe implements FrameCarrier {
    private final BlockingQueue<ByteBuffer> queue = new LinkedBlockingQueue<>();
    private final FrameHeader header;
    private final int most;
    private final List<Runnable> waiting = new ArrayList<>();
    volatile String closed = "";

    Pipe(FrameHeader header, int most) {
      this.header = header;
      this.most = most;
    }

    @Override
    public ByteBuffer buffer(int bytes) {
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public void sendFrames(ByteBuffer frames) {
      queue.add(frames);
    }

    @Override
    public boolean congested() {
      return queue.size() > most;
    }

    @Override
    public void whenWritten(Runnable action) {
      synchronized (waiting) {
        if (congested()) {
          waiting.add(action);
          return;
        }
      }
      action.run();
    }

    @Override
    public void close(int code, String reason) {
      closed = code + " " + reason;
    }

    void read(Link<?, ?> to) throws InterruptedException, ProtocolViolationException {
      while (true) {
        ByteBuffer b = queue.take();
        if (b.capacity() == 0) return;
        while (b.hasRemaining()) {
          if (!header.read(b)) throw new AssertionError("part of a frame");
          byte[] payload = new byte[(int) header.payload()];
          b.get(payload);
          Masking.apply(ByteBuffer.wrap(payload), 0, payload.length, header.mask());
          int cut = payload.length / 2;
          to.onBinary(ByteBuffer.wrap(payload, 0, cut), false);
          to.onBinary(ByteBuffer.wrap(payload, cut, payload.length - cut), true);
        }
        to.onReadComplete();
        List<Runnable> due;
        synchronized (waiting) {
          if (congested()) continue;
          due = List.copyOf(waiting);
          waiting.clear();
        }
        due.forEach(Runnable::run);
      }
    }
  }

  /** The client's end: sends back what comes. */
  private static final class Ends implements Link.Owner<ResponseEnvelope, RequestEnvelope> {
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public StreamListener<ResponseEnvelope, RequestEnvelope> accept(
        LinkStream<ResponseEnvelope, RequestEnvelope> stream, RequestEnvelope head) {
      stream.head(Pair.response(200), ByteBuffer.allocate(0), false);
      return new Echo(stream);
    }

    @Override
    public void ended(LinkStream<ResponseEnvelope, RequestEnvelope> stream) {
      ended.incrementAndGet();
    }

    @Override
    public void draining() {}

    @Override
    public void violated(String why) {
      throw new AssertionError(why);
    }
  }

  private static final class Echo implements StreamListener<ResponseEnvelope, RequestEnvelope> {
    private final LinkStream<ResponseEnvelope, RequestEnvelope> stream;

    Echo(LinkStream<ResponseEnvelope, RequestEnvelope> stream) {
      this.stream = stream;
    }

    @Override
    public void onOpen(Stream<ResponseEnvelope> opened) {}

    @Override
    public void onHead(RequestEnvelope head) {}

    @Override
    public void onData(ByteBuffer part, boolean last) {
      stream.data(part, last);
      if (!last && stream.congested()) {
        stream.pause();
        stream.whenWritten(stream::resume);
      }
    }

    @Override
    public void onPause() {}

    @Override
    public void onEnd() {}

    @Override
    public void onReset(Reset why, String words) {}
  }

  /** A caller, which sends numbered bytes and wants them back. */
  private final class Caller implements StreamListener<RequestEnvelope, ResponseEnvelope> {
    private final int length;
    private final boolean leaves;
    private final CountDownLatch over = new CountDownLatch(1);
    private int got;
    LinkStream<RequestEnvelope, ResponseEnvelope> stream;

    Caller(int length, boolean leaves) {
      this.length = length;
      this.leaves = leaves;
    }

    void send() {
      stream.head(Pair.request(), ByteBuffer.allocate(0), length == 0);
      if (length > 0) more(0);
    }

    private void more(int from) {
      int at = from;
      while (at < length && !(at > 0 && stream.congested())) at = piece(at);
      int next = at;
      if (next < length) stream.whenWritten(() -> more(next));
    }

    private int piece(int at) {
      int n = Math.min(length - at, 777);
      ByteBuffer b = ByteBuffer.allocate(n);
      for (int i = 0; i < n; i++) b.put((byte) (at + i));
      stream.data(b.flip(), at + n == length);
      return at + n;
    }

    @Override
    public void onOpen(Stream<RequestEnvelope> opened) {}

    @Override
    public void onHead(ResponseEnvelope head) {
      if (leaves) leave();
    }

    private void leave() {
      stream.reset(Reset.CANCELLED);
      over.countDown();
    }

    @Override
    public void onData(ByteBuffer part, boolean last) {
      while (part.hasRemaining())
        if (part.get() != (byte) got++) wrong(new AssertionError("a wrong byte at " + got));
    }

    @Override
    public void onPause() {}

    @Override
    public void onEnd() {
      if (got != length) wrong(new AssertionError(got + " of " + length));
      over.countDown();
    }

    @Override
    public void onReset(Reset why, String words) {
      wrong(new AssertionError(why + words));
      over.countDown();
    }
  }

  private synchronized void wrong(Throwable t) {
    wrong.add(t);
  }

  private interface Deed {
    void run() throws Exception;
  }

  private Thread thread(Deed deed) {
    Thread t =
        new Thread(
            () -> {
              try {
                deed.run();
              } catch (Throwable e) {
                wrong(e);
              }
            });
    t.start();
    return t;
  }

  @Test
  void everyByteArrivesOnceAndNothingStaysBehind() throws Exception {
    Pipe up = new Pipe(FrameHeader.ofClient(), 3);
    Pipe down = new Pipe(FrameHeader.ofServer(), 3);
    Link.Limits limits = new Link.Limits(TERMS, TERMS, 2000, windows, new Budget(1 << 20));
    Pair.Owner<RequestEnvelope, ResponseEnvelope> any = new Pair.Owner<>();
    Link<RequestEnvelope, ResponseEnvelope> server =
        new Link<>(down, FrameWriter.ofServer(), Heads.OF_SERVER, limits, any);
    Link<ResponseEnvelope, RequestEnvelope> client =
        new Link<>(up, FrameWriter.ofClient(() -> 0x5a0f0102), Heads.OF_CLIENT, limits, ends);
    List<Thread> readers = List.of(thread(() -> up.read(server)), thread(() -> down.read(client)));
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Random random = new Random(i);
      callers.add(thread(() -> call(server, random)));
    }
    for (Thread t : callers) t.join(TimeUnit.SECONDS.toMillis(60));
    wsp.testing.Await.until(
        "all streams end: " + wrong, () -> server.streams() + client.streams() == 0);
    up.sendFrames(ByteBuffer.allocate(0));
    down.sendFrames(ByteBuffer.allocate(0));
    for (Thread t : readers) t.join(TimeUnit.SECONDS.toMillis(20));
    assertEquals(List.of(), wrong);
    assertEquals("", up.closed + down.closed);
    assertEquals(0, windows.used());
    assertEquals(CALLERS * EACH, ends.ended.get());
  }

  private void call(Link<RequestEnvelope, ResponseEnvelope> server, Random random)
      throws InterruptedException {
    for (int i = 0; i < EACH; i++) {
      Caller caller = new Caller(random.nextInt(20_000), random.nextInt(10) == 0);
      caller.stream = server.open(caller);
      if (caller.stream == null) throw new AssertionError("no room");
      caller.send();
      assertTrue(caller.over.await(30, TimeUnit.SECONDS), "no end");
    }
  }
}
