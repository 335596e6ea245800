package wsp.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What one abuser does as long as it lasts: its connections, and how much it has sent. */
final class Flood implements AutoCloseable {
  private static final int BLOCK = 60_000;

  /** The same thing over and over, as many times as are sent together. */
  record Block(byte[] bytes, int payload) {
    static Block of(byte[] unit, int payload) {
      return of(unit, payload, Math.max(1, BLOCK / unit.length));
    }

    static Block of(byte[] unit, int payload, int times) {
      ByteBuffer all = ByteBuffer.allocate(times * unit.length);
      while (all.hasRemaining()) all.put(unit);
      return new Block(all.array(), times * payload);
    }
  }

  /** What a thread of it does. */
  interface Deed {
    void run() throws IOException;
  }

  final LongAdder wire = new LongAdder();
  final LongAdder payload = new LongAdder();
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private volatile boolean over;
  private volatile String told = "nothing";
  private volatile IOException ended;

  /** Ends with the flood. */
  <T extends AutoCloseable> T with(T resource) {
    open.add(resource);
    return resource;
  }

  boolean over() {
    return over;
  }

  void sent(int bytes, int ofThat) {
    wire.add(bytes);
    payload.add(ofThat);
  }

  /** Until it is over, or the other end will not have any more. */
  void pour(OutputStream out, Block block) throws IOException {
    while (!over) {
      out.write(block.bytes);
      sent(block.bytes.length, block.payload);
    }
  }

  /** The same in writes of one byte or a large one, each of which is a record of TLS. */
  void pourRecords(TestTls.Link to, boolean tiny) throws IOException {
    to.gather().run();
    OutputStream out = to.socket().getOutputStream();
    byte[] large = new byte[16_000];
    while (!over) {
      if (!tiny) out.write(large);
      for (int i = 0; tiny && i < 1000; i++) out.write(0);
      sent(tiny ? 1000 * (1 + Abuser.RECORD) : large.length, tiny ? 1000 : large.length);
    }
  }

  /** True once something was sent; fails with the reason if nothing will be. */
  boolean sends() throws IOException {
    if (wire.sum() > 0) return true;
    if (ended != null) throw new IOException("ended, told " + told, ended);
    return false;
  }

  /** True once the other end has had enough. */
  boolean ended() {
    return ended != null;
  }

  /** Takes all that comes, and keeps the first of it for {@link #toString}. */
  Thread drain(InputStream in) {
    return aside(
        () -> {
          byte[] any = new byte[1 << 16];
          int n = in.read(any);
          told = n < 0 ? "the end" : new String(any, 0, Math.min(n, 600), ISO_8859_1);
          while (n >= 0) n = in.read(any);
        });
  }

  /** What its caller was told first, and how the first of its threads ended. */
  @Override
  public String toString() {
    return "told " + told + ", ended by " + ended;
  }

  /** Does it on a thread of its own until the other end, or the test, has had enough. */
  Thread aside(Deed what) {
    return daemon(
        () -> {
          try {
            what.run();
          } catch (IOException e) {
            if (ended == null) ended = e;
          }
        });
  }

  static Thread daemon(Runnable what) {
    Thread t = new Thread(what, "flood");
    t.setDaemon(true);
    t.start();
    return t;
  }

  @Override
  public void close() {
    over = true;
    for (AutoCloseable c : open) {
      try {
        c.close();
      } catch (Exception e) {
        // The other end may have closed it.
      }
    }
  }
}
