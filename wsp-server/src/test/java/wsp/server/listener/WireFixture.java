package wsp.server.listener;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection whose other end reads when the test says so. */
abstract class WireFixture {
  volatile CompletableFuture<Wire> accepted = new CompletableFuture<>();
  TCPNIOTransport transport;
  Socket peer;
  Wire wire;
  volatile Consumer<NIOConnection> connections = c -> {};
  volatile boolean refusesWithError;
  volatile @Nullable Tls tls;

  @BeforeEach
  void open() throws Exception {
    accepted = new CompletableFuture<>();
    PortProcessor processor =
        new PortProcessor(
            c -> {
              if (refusesWithError) throw new IllegalStateException("no wire for this one");
              connections.accept((NIOConnection) c);
              SocketChannel channel = (SocketChannel) ((NIOConnection) c).getChannel();
              Wire made = new Wire(c, channel, tls);
              accepted.complete(made);
              return made;
            },
            w -> {});
    transport =
        TCPNIOTransportBuilder.newInstance()
            .setIOStrategy(new PortStrategy(processor, e -> {}))
            .build();
    transport.setSelectorHandler(new RoundEnd());
    transport.setProcessor(processor);
    transport.start();
    TCPNIOServerConnection listening =
        transport.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    InetSocketAddress address = (InetSocketAddress) listening.getLocalAddress();
    peer = new Socket(address.getAddress(), address.getPort());
    peer.setSoTimeout(10_000);
    wire = accepted.get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    transport.shutdownNow();
  }

  void read(int bytes) throws IOException {
    new DataInputStream(peer.getInputStream()).skipNBytes(bytes);
  }

  /** Runs on the selector thread of the wire, in one round of events. */
  void inOneRound(Runnable task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    wire.tcp.onSelector(
        () -> {
          try {
            task.run();
            done.complete(null);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    done.get(10, TimeUnit.SECONDS);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  String readText(int bytes) throws IOException {
    return new String(peer.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  /** Hears nothing but the end. */
  static class Ears implements WireReader {
    private final Runnable onClosed;

    Ears(Runnable onClosed) {
      this.onClosed = onClosed;
    }

    @Override
    public void read(ByteBuffer in) {}

    @Override
    public void closed() {
      onClosed.run();
    }
  }

  record Counter(AtomicInteger count) implements OutQueue.Listener {
    @Override
    public void over(ByteBuffer data, int counted) {
      count.incrementAndGet();
    }
  }
}
