package wsp.client.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ConnectFailure;
import wsp.client.origin.Failure;
import wsp.client.origin.Holders;
import wsp.client.origin.Names;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.http1.RequestHead;
import wsp.text.Ascii;

/** One connection of {@code HttpClient} to a secure origin, on the thread of {@link Passages}. */
final class Passage implements LoopbackDoor.Guest, Admitted.Connection {
  private enum State {
    /** It has not said where it leads. */
    ASKED,
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

  /** Begins no record of TLS. */
  static final byte NO_TLS = 0;

  private final Passages all;
  private final SocketChannel from;
  private final SelectionKey fromKey;
  private final long deadline;
  private final Asking asking = new Asking();
  private State state = State.ASKED;

  /** Of the request that it is opened for; until it is open, for it may live for long. */
  private Tickets.@Nullable Ticket ticket;

  /** What it has shown, as long as it is its request's. */
  private String shown = "";

  private @Nullable Route route;

  /** Of that route. */
  private Object owner = this;

  private @Nullable Future<?> lookup;
  private @Nullable Connecting connecting;
  private @Nullable BothWays ways;
  private long movedAt = System.nanoTime();

  /** It has to be open by the deadline, in nanoTime. */
  Passage(Passages all, SocketChannel from, long deadline) throws IOException {
    this.all = all;
    this.from = from;
    this.deadline = deadline;
    from.configureBlocking(false);
    from.setOption(StandardSocketOptions.TCP_NODELAY, true);
    fromKey = from.register(all.selector, SelectionKey.OP_READ, this);
  }

  void ready() {
    try {
      switch (state) {
        case ASKED -> asked(asking.read(from));
        case CONNECTING -> connect();
        case CONNECTED, OPEN, SETTLED -> pump();
        case LOOKING, OVER -> {}
      }
    } catch (ReplayException e) {
      refuse(e);
    } catch (IOException e) {
      reset();
    }
  }

  // -- where to

  private void asked(@Nullable RequestHead head) {
    if (head == null) return;
    String given = head.headers().first(Tickets.FIELD);
    shown = given == null ? "" : given;
    Tickets.Ticket whose = all.tickets.admit(this, shown);
    if (whose == null) {
      reset();
      return;
    }
    all.guests.leaves(this);
    ticket = whose;
    Route to = whose.route();
    route = to;
    owner = Holders.owner(to.host());
    if (!head.method().equals("CONNECT") || !Ascii.equalsIgnoreCase(to.name(), head.target())) {
      refuse(new ReplayException(Failure.INTERNAL, "the engine httpclient asked for another way"));
      return;
    }
    if (!all.admitted.enters(this)) {
      refuse(noMemory());
      return;
    }
    state = State.LOOKING;
    fromKey.interestOps(0);
    lookup =
        all.names.find(whose.guard(), to, (found, why) -> all.execute(() -> found(to, found, why)));
  }

  private void found(Route to, @Nullable List<InetAddress> found, @Nullable Throwable why) {
    if (state != State.LOOKING) return;
    if (found == null) {
      refuse(Names.why(to, why));
      return;
    }
    connecting = new Connecting(all, this, to, found, deadline);
    state = State.CONNECTING;
    ready();
  }

  private void connect() throws IOException, ReplayException {
    SelectionKey toKey = connecting == null ? null : connecting.goOn(System.nanoTime());
    if (toKey == null) return;
    ways = new BothWays(fromKey, toKey, all.scratch);
    state = State.CONNECTED;
    pump();
  }

  /** A look at the limits, twice a second. */
  void check(long now) {
    if (state == State.OPEN) {
      if (ways != null && ways.settled(now)) settled();
      return;
    }
    if (state == State.CONNECTING) ready();
    if (now - deadline <= 0) return;
    if (ticket != null && route != null)
      refuse(ConnectFailure.of(route, new SocketTimeoutException("timeout")));
    else reset();
  }

  // -- passing on

  private void pump() throws IOException {
    BothWays both = ways;
    if (both == null) return;
    movedAt = System.nanoTime();
    boolean goesOn = both.pump();
    if (state == State.CONNECTED && both.answered()) opened();
    if (!shown.isEmpty() && both.isShaken()) {
      // From here on HttpClient may keep it for other requests.
      all.tickets.disown(this, shown);
      shown = "";
    }
    if (!goesOn) end(false);
  }

  private void opened() {
    state = State.OPEN;
    ticket = null;
    if (route != null) all.streams.connected(route);
  }

  /** The first request may be answered much later. */
  private void settled() {
    state = State.SETTLED;
    if (route != null) all.settled(this, route);
  }

  @Override
  public boolean isOneOf(Set<?> used) {
    BothWays both = ways;
    return used.contains(route)
        || (both != null && used.contains(ByteBuffer.wrap(both.beginning())));
  }

  @Override
  public Object owner() {
    return owner;
  }

  @Override
  public long stillFor() {
    return System.nanoTime() - movedAt;
  }

  /** Others need the memory: HttpClient reads that from {@link CheckedEngine}. */
  @Override
  public void givesWay() {
    BothWays both = ways;
    if (both != null) all.departed.add(both.beginning());
    wakesReader();
    refuse(noMemory());
  }

  static ReplayException noMemory() {
    return new ReplayException(
        Failure.NO_MEMORY, "the connections to secure origins are too many for the heap");
  }

  /** If this is the connection whose bytes began with these, HttpClient reads something of it. */
  void wakesReader(byte[] beginning) {
    BothWays both = ways;
    if (both != null && both.began(beginning)) wakesReader();
  }

  private void wakesReader() {
    try {
      // Where this has no room, there is something to be read already.
      from.write(ByteBuffer.allocate(1).put(0, NO_TLS));
    } catch (IOException e) {
      reset();
    }
  }

  // -- the end

  /** Its request hears of it first: HttpClient would tell the end of the connection otherwise. */
  private void refuse(ReplayException why) {
    Tickets.Ticket whose = ticket;
    try {
      if (whose != null) whose.refused(why);
    } finally {
      end(false);
    }
  }

  /** Something was wrong with it that is no fault of the origin's. */
  void broken() {
    if (ticket == null) reset();
    else refuse(new ReplayException(Failure.INTERNAL, "the engine httpclient lost the way"));
  }

  /** Closes both sides so that each can tell that something is missing. */
  @Override
  public void reset() {
    end(true);
  }

  private void end(boolean resets) {
    if (state == State.OVER) return;
    boolean opened = state == State.OPEN || state == State.SETTLED;
    state = State.OVER;
    ticket = null;
    if (lookup != null) lookup.cancel(false);
    if (ways != null) ways.drop();
    all.tickets.disown(this, shown);
    all.over(this, opened ? route : null);
    close(from, resets);
    if (connecting != null) connecting.close(resets);
  }

  static void close(@Nullable SocketChannel channel, boolean resets) {
    try (channel) {
      if (resets && channel != null && channel.isOpen())
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is gone.
    }
  }
}
