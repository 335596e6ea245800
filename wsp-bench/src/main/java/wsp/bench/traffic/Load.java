package wsp.bench.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Callers: one thread that makes the same request again and again over kept connections, one at a
 * time on each, and checks every byte of the answers.
 */
public final class Load implements AutoCloseable {
  /** Connections that are being opened at a time: fewer than any listener's backlog. */
  private static final int MAX_OPENING = 100;

  private static final int MAX_ERRORS = 1000;
  private static final long TICK_MILLIS = 100;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

  private final Loop loop = new Loop();
  private final InetSocketAddress address;
  private final Call call;
  private final boolean repeated;
  private final long began = System.nanoTime();
  private final long lastRequest;
  private final long limit;
  private final Latencies latencies = new Latencies();
  private int toOpen;
  private int opening;
  private int open;
  private long errors;
  private String firstError = "";

  private Load(int port, Call call, int connections, Duration duration, Duration limit)
      throws IOException {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.call = call;
    this.toOpen = connections;
    this.repeated = !duration.isZero();
    this.lastRequest = began + duration.toNanos();
    this.limit = lastRequest + limit.toNanos();
  }

  /** Requests on so many connections for so long; returns when the last is answered. */
  public static LoadResult during(int port, Call call, int connections, Duration duration)
      throws IOException {
    try (Load load = new Load(port, call, connections, duration, LAST_ANSWERS)) {
      return load.run();
    }
  }

  /** One request on each of so many connections, all at once. */
  public static LoadResult once(int port, Call call, int connections, Duration limit)
      throws IOException {
    try (Load load = new Load(port, call, connections, Duration.ZERO, limit)) {
      return load.run();
    }
  }

  private LoadResult run() throws IOException {
    while (toOpen + opening + open > 0 && System.nanoTime() < limit) {
      while (toOpen > 0 && opening < MAX_OPENING) openOne();
      loop.step(TICK_MILLIS);
    }
    int unanswered = toOpen + opening + open;
    if (unanswered > 0) error("no answer in time");
    errors += Math.max(0, unanswered - 1);
    return new LoadResult(
        latencies.count(),
        errors,
        firstError,
        (System.nanoTime() - began) / 1e9,
        latencies.millis(0.5),
        latencies.millis(0.99));
  }

  private void openOne() {
    toOpen--;
    opening++;
    try {
      new CallerConnection();
    } catch (IOException e) {
      opening--;
      lost(e);
    }
  }

  private void lost(IOException e) {
    error(String.valueOf(e.getMessage()));
    if (moreToDo() && errors < MAX_ERRORS) toOpen++;
  }

  private void error(String text) {
    if (errors++ == 0) firstError = text;
  }

  private boolean moreToDo() {
    return repeated && System.nanoTime() < lastRequest;
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }

  private final class CallerConnection implements Loop.Channel {
    private final SocketChannel channel = SocketChannel.open();
    private final Incoming answer = new Incoming();
    private final Outgoing request = new Outgoing();
    private boolean connected;
    private long sent;

    CallerConnection() throws IOException {
      SelectionKey key = loop.register(channel, SelectionKey.OP_CONNECT, this);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (channel.connect(address)) connected(key);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      if (!connected) {
        channel.finishConnect();
        connected(key);
        return;
      }
      if (key.isWritable()) write(key);
      if (key.isReadable()) read(key);
    }

    private void connected(SelectionKey key) throws IOException {
      connected = true;
      opening--;
      open++;
      send(key);
    }

    private void send(SelectionKey key) throws IOException {
      request.begin(call.head(), call.upload());
      sent = System.nanoTime();
      write(key);
    }

    private void write(SelectionKey key) throws IOException {
      boolean all = request.writeTo(channel);
      key.interestOps(SelectionKey.OP_READ | (all ? 0 : SelectionKey.OP_WRITE));
    }

    private void read(SelectionKey key) throws IOException {
      ByteBuffer in = loop.scratch();
      if (channel.read(in) < 0) throw new IOException("the server closed the connection");
      if (!answer.take(in.flip())) return;
      check();
      latencies.add(System.nanoTime() - sent);
      answer.reset();
      if (moreToDo()) {
        send(key);
      } else {
        open--;
        Loop.close(key);
      }
    }

    private void check() throws IOException {
      String status = answer.startLine();
      if (!status.startsWith("HTTP/1.1 200 ")) throw new IOException(status);
      if (answer.length() != call.answer())
        throw new IOException(answer.length() + " bytes instead of " + call.answer());
      if (!answer.bodyIsRight()) throw new IOException("other bytes than the origin sent");
    }

    @Override
    public void failed(IOException e) {
      if (connected) open--;
      else opening--;
      lost(e);
    }
  }
}
