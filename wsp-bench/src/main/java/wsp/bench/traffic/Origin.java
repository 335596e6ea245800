package wsp.bench.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The origin of a run, one thread for any number of connections:
 *
 * <ul>
 *   <li>{@code /bytes/N} is N bytes
 *   <li>{@code /sink} takes a body and says 500 if it is not the right one
 *   <li>{@code /late/MS} answers so many milliseconds later
 *   <li>{@code /hold} answers after a {@code /release}, {@code /held/N} once N requests are held
 * </ul>
 */
public final class Origin {
  private static final int BACKLOG = 4096;
  private static final long NEVER = 1000;

  private record Later(long due, OriginConnection connection) {}

  private record Watcher(int held, OriginConnection connection) {}

  private final Loop loop = new Loop();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final PriorityQueue<Later> later =
      new PriorityQueue<>((a, b) -> Long.compare(a.due - b.due, 0));
  private final Set<OriginConnection> held = new LinkedHashSet<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final Map<Long, byte[]> heads = new HashMap<>();

  private Origin() throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    loop.register(listener, SelectionKey.OP_ACCEPT, new Acceptor());
  }

  /** Prints its port and serves until its input ends, which is when whoever started it is gone. */
  public static void main(String... args) throws IOException {
    System.out.println(start());
    int ignored;
    do ignored = System.in.read();
    while (ignored >= 0);
  }

  /** Serves from now to the end of the process; its port. */
  static int start() throws IOException {
    Origin origin = new Origin();
    Thread thread = new Thread(origin::run, "origin");
    thread.setDaemon(true);
    thread.start();
    return origin.listener.socket().getLocalPort();
  }

  private void run() {
    try {
      while (true) {
        loop.step(answerWhatIsDue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    }
  }

  /** Milliseconds until the next is due. */
  private long answerWhatIsDue() {
    long now = System.nanoTime();
    for (Later next = later.peek(); next != null; next = later.peek()) {
      if (next.due - now > 0) return (next.due - now) / 1_000_000 + 1;
      later.remove();
      next.connection.answerSafely();
    }
    return NEVER;
  }

  private byte[] head(long length) {
    return heads.computeIfAbsent(length, n -> head("200 OK", n));
  }

  private static byte[] head(String status, long length) {
    String text =
        "HTTP/1.1 "
            + status
            + "\r\nServer: bench\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
            + "Content-Type: application/octet-stream\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void hold(OriginConnection connection) {
    held.add(connection);
    for (Watcher watcher : List.copyOf(watchers)) {
      if (held.size() >= watcher.held && watchers.remove(watcher))
        watcher.connection.answerSafely();
    }
  }

  private void release() {
    List<OriginConnection> all = List.copyOf(held);
    held.clear();
    all.forEach(OriginConnection::answerSafely);
  }

  private final class Acceptor implements Loop.Channel {
    @Override
    public void ready(SelectionKey key) throws IOException {
      for (SocketChannel c = listener.accept(); c != null; c = listener.accept()) {
        c.setOption(StandardSocketOptions.TCP_NODELAY, true);
        new OriginConnection(c);
      }
    }

    @Override
    public void failed(IOException e) {
      throw new IllegalStateException("accepting failed", e);
    }
  }

  private final class OriginConnection implements Loop.Channel {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Incoming request = new Incoming();
    private final Outgoing answer = new Outgoing();

    OriginConnection(SocketChannel channel) throws IOException {
      this.channel = channel;
      this.key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
      if (ready.isWritable()) write();
      if (!ready.isReadable()) return;
      ByteBuffer in = loop.scratch();
      if (channel.read(in) < 0) throw new IOException("closed");
      if (!request.take(in.flip())) return;
      String path = request.startLine().split(" ", -1)[1];
      boolean right = request.bodyIsRight();
      request.reset();
      route(path, right);
    }

    private void route(String path, boolean right) throws IOException {
      String number = path.substring(path.lastIndexOf('/') + 1);
      if (path.startsWith("/bytes/")) {
        answer(Long.parseLong(number));
      } else if (path.startsWith("/late/")) {
        later.add(new Later(System.nanoTime() + Long.parseLong(number) * 1_000_000, this));
      } else if (path.startsWith("/held/")) {
        int count = Integer.parseInt(number);
        if (held.size() >= count) answer(Call.SMALL);
        else watchers.add(new Watcher(count, this));
      } else if (path.equals("/hold")) {
        hold(this);
      } else if (path.equals("/sink") && right) {
        answer(Call.SMALL);
      } else if (path.equals("/release")) {
        release();
        answer(Call.SMALL);
      } else {
        answer.begin(head(right ? "404 Not Found" : "500 Wrong body", 0), 0);
        write();
      }
    }

    private void answer(long length) throws IOException {
      answer.begin(head(length), length);
      write();
    }

    /** The small answer, outside of this connection's own turn. */
    private void answerSafely() {
      try {
        answer(Call.SMALL);
      } catch (IOException e) {
        Loop.close(key);
      }
    }

    private void write() throws IOException {
      boolean all = answer.writeTo(channel);
      key.interestOps(SelectionKey.OP_READ | (all ? 0 : SelectionKey.OP_WRITE));
    }

    @Override
    public void failed(IOException e) {
      held.remove(this);
    }
  }
}
