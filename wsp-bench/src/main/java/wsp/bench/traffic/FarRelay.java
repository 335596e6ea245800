package wsp.bench.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A long way to the server: each byte arrives so much later, in order, and no more of them in a
 * second than each connection is allowed, in each direction. Two threads for each direction.
 */
public final class FarRelay implements AutoCloseable {
  private static final int PIECE = 32 * 1024;

  /** Bytes that are under way, as a window of TCP bounds them; far beyond what any cell needs. */
  private static final int UNDER_WAY = 16 << 20;

  private final ServerSocket listener;
  private final int to;
  private final long delayNanos;
  private final long bytesPerSecond;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /**
   * A relay that listens.
   *
   * @param to a port of this machine
   * @param delay of each direction
   * @param bytesPerSecond of each connection and direction; 0 for no limit
   */
  public FarRelay(int to, Duration delay, long bytesPerSecond) throws IOException {
    this.to = to;
    this.delayNanos = delay.toNanos();
    this.bytesPerSecond = bytesPerSecond;
    this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    start("far", this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        for (Socket s : new Socket[] {near, far}) {
          s.setTcpNoDelay(true);
          sockets.add(s);
        }
        new Direction(near, far).begin();
        new Direction(far, near).begin();
      }
    } catch (IOException e) {
      // It is closed, or the server is gone.
    }
  }

  /** Without bytes, it is the end. */
  private static final class Piece implements Delayed {
    private final byte[] bytes;
    private final long due;

    Piece(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(due - ((Piece) other).due);
    }
  }

  private final class Direction {
    private final Socket from;
    private final Socket into;
    private final DelayQueue<Piece> underWay = new DelayQueue<>();
    private final Semaphore room = new Semaphore(UNDER_WAY);
    private long lastDue = System.nanoTime();

    Direction(Socket from, Socket into) {
      this.from = from;
      this.into = into;
    }

    void begin() {
      start("far-in", this::take);
      start("far-out", this::give);
    }

    private void take() {
      byte[] buffer = new byte[PIECE];
      try {
        InputStream in = from.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          room.acquire(n);
          underWay.add(new Piece(Arrays.copyOf(buffer, n), due(n)));
        }
      } catch (IOException e) {
        // The end arrives like the rest.
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      underWay.add(new Piece(new byte[0], due(0)));
    }

    /** Later than the piece before by what the line takes for this one, and by a nanosecond. */
    private long due(int bytes) {
      long takes = bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
      lastDue = Math.max(System.nanoTime() + delayNanos, lastDue + 1) + takes;
      return lastDue;
    }

    private void give() {
      try {
        for (Piece next = underWay.take(); next.bytes.length > 0; next = underWay.take()) {
          into.getOutputStream().write(next.bytes);
          room.release(next.bytes.length);
        }
      } catch (IOException e) {
        // Either end is gone, and so is the other, below.
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      close(from);
      close(into);
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(this::close);
  }
}
