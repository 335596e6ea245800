package wsp.client.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.origin.Names;
import wsp.client.origin.Route;
import wsp.process.LastResort;
import wsp.process.Vital;

/**
 * The way of {@code HttpClient} to secure origins: a proxy on the loopback that it asks by CONNECT.
 * So it never looks up a name, whose address nobody would have checked, and has the name in its URI
 * all the same, which the certificate is verified against. Each {@link Passage} leads to an address
 * that was checked when it was connected to.
 *
 * <p>Others on this machine may connect here, too: a passage opens for one of the {@link Tickets}
 * only. Those without one keep nobody out ({@link LoopbackDoor}).
 *
 * <p>Safe for all threads; passages are served by one.
 */
final class Passages implements AutoCloseable, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Passages.class);
  private static final long SELECT_MILLIS = 500;

  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 1024;

  /** Connections that are accepted before those that have come get their turn to show a ticket. */
  private static final int ACCEPTS = 100;

  /** Where sockets to origins come from, not connected yet. */
  @FunctionalInterface
  interface Sockets {
    SocketChannel open() throws IOException;
  }

  final Sockets sockets;
  final Names names;
  final StreamLimit streams;
  private final long connectNanos;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ServerSocketChannel door;
  final Selector selector;
  final InetSocketAddress address;
  final LoopbackDoor guests;
  final Departed departed = new Departed();
  final Tickets tickets = new Tickets(this::execute);

  // Of the thread.
  final ByteBuffer scratch = ByteBuffer.allocate(Pipe.SIZE);
  private final Set<Passage> opening = ConcurrentHashMap.newKeySet();

  /** Those of requests. */
  final Admitted admitted;

  private volatile boolean closed;

  /**
   * Opens it, on any free port.
   *
   * @param used of {@link Admitted}
   */
  Passages(
      Names names,
      StreamLimit streams,
      long connectNanos,
      int mostStrangers,
      int most,
      Supplier<Set<?>> used,
      Sockets sockets)
      throws IOException {
    this.admitted = new Admitted(most, used);
    this.sockets = sockets;
    this.names = names;
    this.streams = streams;
    this.connectNanos = connectNanos;
    selector = Selector.open();
    door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    door.configureBlocking(false);
    SelectionKey key = door.register(selector, SelectionKey.OP_ACCEPT);
    guests = new LoopbackDoor(door::accept, key, mostStrangers);
    address = (InetSocketAddress) door.getLocalAddress();
    Thread thread = new Served(this);
    thread.setDaemon(true);
    thread.start();
  }

  /** Without it, no secure origin is reached. */
  private static final class Served extends Thread implements Vital {
    Served(Runnable task) {
      super(task, "wsp-passages");
    }
  }

  /**
   * HttpClient is to look at the connection whose bytes began with these, which it is not going on
   * with: a byte that is no TLS comes there.
   */
  void wakeReader(byte[] beginning) {
    execute(
        () -> {
          for (SelectionKey key : selector.keys())
            if (key.attachment() instanceof Passage passage) passage.wakesReader(beginning);
        });
  }

  /** Runs something short on the thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** This one needs no more looks. */
  void settled(Passage passage, Route route) {
    opening.remove(passage);
    streams.share(route);
  }

  /** This one is over, which had reached that route. */
  void over(Passage passage, @Nullable Route route) {
    opening.remove(passage);
    admitted.leaves(passage);
    guests.leaves(passage);
    if (route != null) streams.disconnected(route);
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        selector.select(guests.selectMillis(SELECT_MILLIS));
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) safely(task, null);
        serveReady();
        long now = System.nanoTime();
        for (Passage passage : opening) safely(() -> passage.check(now), passage);
        guests.tick(now);
      } catch (IOException | RuntimeException | Error e) {
        LastResort.endIfOutOfMemory(e);
        // The passages and their thread live on.
        if (!closed) LOG.error("serving passages failed:", e);
      }
    }
  }

  private void serveReady() {
    Set<SelectionKey> ready = selector.selectedKeys();
    for (SelectionKey key : ready) {
      if (key.attachment() instanceof Passage passage) safely(passage::ready, passage);
      else accept();
    }
    ready.clear();
  }

  /** What goes wrong with one passage ends that one, and holds up none of the others. */
  private static void safely(Runnable step, @Nullable Passage whose) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("a way to a secure origin failed:", e);
      if (whose != null) whose.broken();
    }
  }

  private void accept() {
    try {
      for (int i = 0; i < ACCEPTS; i++) {
        long now = System.nanoTime();
        SocketChannel from = guests.next(now);
        if (from == null) return;
        enter(from, now);
      }
    } catch (ClosedChannelException e) {
      closed = true;
    }
  }

  private void enter(SocketChannel from, long now) {
    try {
      Passage passage = new Passage(this, from, now + connectNanos);
      opening.add(passage);
      guests.enters(passage);
    } catch (IOException e) {
      // It has gone already.
      LOG.debug("a passage could not be opened: {}", e.toString());
      Passage.close(from, false);
    }
  }

  @Override
  public void close() {
    execute(
        () -> {
          closed = true;
          try {
            door.close();
            for (SelectionKey key : selector.keys())
              if (key.attachment() instanceof Passage passage) passage.reset();
            selector.close();
          } catch (IOException e) {
            LOG.debug("closing passages: {}", e.toString());
          }
        });
  }
}
