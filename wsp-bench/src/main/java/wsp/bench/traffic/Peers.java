package wsp.bench.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients in one thread: registered connections, each pool of them under an id of its own,
 * that answer every request with the same small answer. They cost the server what real clients
 * would, and this machine next to nothing.
 */
public final class Peers implements AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final byte[] HANDSHAKE =
      String.join(
              "\r\n",
              "GET /register HTTP/1.1",
              "Host: 127.0.0.1",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
              "X-SECRET-KEY:",
              "",
              "")
          .getBytes(StandardCharsets.US_ASCII);

  private final Loop loop = new Loop();
  private final AtomicInteger registered = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "peers");
  private final ByteBuffer answer = PeerFrames.answer();
  private volatile boolean closed;

  private Peers() throws IOException {}

  /** Dials a server: so many clients with so many connections each. */
  public static Peers dial(int port, int clients, int each) throws IOException {
    Peers peers = new Peers();
    for (int client = 0; client < clients; client++) {
      for (int i = 0; i < each; i++) peers.new PeerConnection(port, "bench-" + client + "_" + each);
    }
    peers.thread.setDaemon(true);
    peers.thread.start();
    return peers;
  }

  /** How many have sent their greeting. */
  public int registered() {
    return registered.get();
  }

  /** How many the server has closed or refused. */
  public int lost() {
    return lost.get();
  }

  private void run() {
    try {
      while (!closed) loop.step(TICK_MILLIS);
      loop.close();
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    }
  }

  @Override
  public void close() {
    // Its thread closes the connections, at its next turn.
    closed = true;
  }

  private final class PeerConnection implements Loop.Channel {
    private final SocketChannel channel;
    private final String greeting;
    private final PeerFrames frames = new PeerFrames();
    private final Incoming handshake = new Incoming();
    private boolean upgraded;

    PeerConnection(int port, String greeting) throws IOException {
      this.greeting = greeting;
      // Connected one after the other: thousands at once would overrun the server's backlog.
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      write(ByteBuffer.wrap(HANDSHAKE));
      loop.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      ByteBuffer in = loop.scratch();
      if (channel.read(in) < 0) throw new IOException("the server closed the connection");
      in.flip();
      if (!upgraded) upgrade(in);
      while (upgraded && in.hasRemaining()) take(frames.take(in));
    }

    private void upgrade(ByteBuffer in) throws IOException {
      if (!handshake.take(in)) return;
      if (!handshake.startLine().startsWith("HTTP/1.1 101 "))
        throw new IOException(handshake.startLine());
      upgraded = true;
      write(PeerFrames.masked(1, greeting.getBytes(StandardCharsets.US_ASCII)));
      registered.incrementAndGet();
    }

    private void take(PeerFrames.Event event) throws IOException {
      switch (event) {
        case REQUEST -> write(answer.duplicate());
        case PING -> write(PeerFrames.masked(10, frames.control()));
        case CLOSE -> throw new IOException("the server closed the WebSocket");
        case NONE -> {}
      }
    }

    /** Answers are small, and the server has taken the one before: its buffer has room. */
    private void write(ByteBuffer bytes) throws IOException {
      channel.write(bytes);
      if (bytes.hasRemaining()) throw new IOException("the server does not read");
    }

    @Override
    public void failed(IOException e) {
      lost.incrementAndGet();
    }
  }
}
