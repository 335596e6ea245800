package wsp.client.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;
import wsp.client.origin.ConnectFailure;
import wsp.client.origin.Failure;
import wsp.client.origin.Names;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

/** One connection of {@code HttpClient} to a secure origin, on the thread of {@link Passages}. */
final class Passage implements LoopbackDoor.Guest {
  private enum State {
    /** It has not said where it leads. */
    ASKED,
    /** Its origin is looked up. */
    LOOKING,
    CONNECTING,
    /** The origin has not sent anything. */
    CONNECTED,
    /** The origin has spoken. */
    OPEN,
    /** For more than one request. */
    SETTLED,
    OVER
  }

  private final Passages all;
  private final SocketChannel from;
  private final SelectionKey fromKey;
  private final long deadline;
  private final ConnectHead head = new ConnectHead();
  private State state = State.ASKED;
  private Passages.@Nullable Ticket ticket;

  /** What it has shown, as long as it is its request's. */
  private String shown = "";

  private @Nullable Future<?> lookup;
  private List<InetAddress> addresses = List.of();
  private int tried;
  private long shareEnds;
  private @Nullable SocketChannel to;
  private @Nullable SelectionKey toKey;
  private @Nullable BothWays ways;

  /** Where it leads, when it has been opened. */
  private @Nullable Route open;

  /**
   * @param deadline until when it has to be open; nanoTime
   */
  Passage(Passages all, SocketChannel from, long deadline) throws IOException {
    this.all = all;
    this.from = from;
    this.deadline = deadline;
    from.configureBlocking(false);
    from.setOption(StandardSocketOptions.TCP_NODELAY, true);
    fromKey = from.register(all.selector(), SelectionKey.OP_READ, this);
  }

  /** One of its sockets is ready for something. */
  void ready() {
    try {
      switch (state) {
        case ASKED -> readHead();
        case CONNECTING -> finishConnecting();
        case CONNECTED, OPEN, SETTLED -> pump();
        case LOOKING, OVER -> {}
      }
    } catch (IOException e) {
      reset();
    }
  }

  // -- where to

  private void readHead() throws IOException {
    ConnectHead.Progress progress = head.read(from);
    if (progress == ConnectHead.Progress.WHOLE) asked();
    else if (progress == ConnectHead.Progress.BROKEN) reset();
  }

  private void asked() {
    shown = head.field(Passages.FIELD);
    Passages.Ticket whose = all.admit(this, shown);
    if (whose == null) {
      reset();
      return;
    }
    ticket = whose;
    Route route = whose.route();
    if (!head.asksFor(route.name())) {
      refuse(new ReplayException(Failure.INTERNAL, "the engine httpclient asked for another way"));
      return;
    }
    state = State.LOOKING;
    fromKey.interestOps(0);
    lookup =
        all.names()
            .find(
                whose.guard(), route, (found, why) -> all.execute(() -> found(route, found, why)));
  }

  private void found(Route route, @Nullable List<InetAddress> found, @Nullable Throwable why) {
    if (state != State.LOOKING) return;
    if (found == null) {
      if (why != null) refuse(Names.why(route, why));
      return;
    }
    addresses = found;
    connect(route);
  }

  // -- connecting

  private void connect(Route route) {
    state = State.CONNECTING;
    long now = System.nanoTime();
    shareEnds = now + Math.max(1, (deadline - now) / (addresses.size() - tried));
    try {
      SocketChannel next = all.sockets().open();
      to = next;
      next.configureBlocking(false);
      next.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Reactor.keepAlive(next);
      toKey = next.register(all.selector(), SelectionKey.OP_CONNECT, this);
      if (next.connect(new InetSocketAddress(addresses.get(tried), route.port()))) connected();
    } catch (IOException | UnsupportedAddressTypeException | UnresolvedAddressException e) {
      // The first of the latter two is of an address of a family that this Java, or this machine,
      // has not.
      failed(e);
    }
  }

  private void finishConnecting() throws IOException {
    SocketChannel next = to;
    if (next == null) return;
    boolean done;
    try {
      done = next.finishConnect();
    } catch (IOException e) {
      failed(e);
      return;
    }
    if (done) connected();
  }

  private void failed(Exception cause) {
    Passages.Ticket whose = ticket;
    if (whose == null) return;
    close(to);
    if (++tried < addresses.size() && deadline - System.nanoTime() > 0) connect(whose.route());
    else refuse(ConnectFailure.of(whose.route(), cause));
  }

  private void connected() throws IOException {
    SelectionKey key = toKey;
    if (key == null) return;
    state = State.CONNECTED;
    ways = new BothWays(fromKey, key);
    pump();
  }

  /** A look at the limits, twice a second. */
  void check(long now) {
    if (state == State.OPEN) {
      if (ways != null && ways.settled(now)) settled();
      return;
    }
    if (state == State.CONNECTING && now - shareEnds > 0 && tried + 1 < addresses.size())
      failed(new java.net.SocketTimeoutException("timeout"));
    else if (now - deadline > 0) {
      Passages.Ticket whose = ticket;
      if (whose == null) reset();
      else refuse(ConnectFailure.of(whose.route(), new java.net.SocketTimeoutException("timeout")));
    }
  }

  // -- passing on

  private void pump() throws IOException {
    BothWays both = ways;
    if (both == null) return;
    boolean goesOn = both.pump();
    if (state == State.CONNECTED && both.answered()) opened();
    if (!shown.isEmpty() && both.isShaken()) shaken();
    if (!goesOn) end();
  }

  /** From here on HttpClient may keep it for other requests. */
  private void shaken() {
    all.disown(this, shown);
    shown = "";
  }

  private void opened() {
    Passages.Ticket whose = ticket;
    if (whose == null) return;
    state = State.OPEN;
    Route route = whose.route();
    open = route;
    // It is the first request's, and this may live for long.
    ticket = null;
    all.opened(route);
  }

  /** The first request may be answered much later. */
  private void settled() {
    state = State.SETTLED;
    Route route = open;
    if (route != null) all.settled(this, route);
  }

  // -- the end

  private void refuse(ReplayException why) {
    Passages.Ticket whose = ticket;
    end();
    if (whose != null) whose.refused(why);
  }

  /** Something was wrong with it that is no fault of the origin's. */
  void broken() {
    if (ticket == null) reset();
    else refuse(new ReplayException(Failure.INTERNAL, "the engine httpclient lost the way"));
  }

  /** Closes both sides so that each can tell that something is missing. */
  @Override
  public void reset() {
    linger(from);
    linger(to);
    end();
  }

  private static void linger(@Nullable SocketChannel channel) {
    try {
      if (channel != null && channel.isOpen())
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private void end() {
    if (state == State.OVER) return;
    state = State.OVER;
    ticket = null;
    if (lookup != null) lookup.cancel(false);
    all.disown(this, shown);
    Route opened = open;
    all.over(this, opened);
    close(from);
    close(to);
  }

  static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) channel.close();
    } catch (IOException e) {
      // It is gone.
    }
  }
}
