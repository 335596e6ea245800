package wsp.client.httpclient;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.AcceptPause;
import wsp.process.Descriptors;

/**
 * The port of {@link Passages}. Any program of this machine may connect to it: so guests without a
 * ticket have a share of the descriptors, and the eldest of them goes for the next. Where no
 * descriptor is left, the eldest goes as well; with none to go, the port rests for a moment.
 *
 * <p>Of the thread of the passages, but for {@link #rests}.
 */
final class LoopbackDoor implements AcceptPause.Port {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackDoor.class);

  /** The socket that listens. */
  @FunctionalInterface
  interface Socket {
    /** A connection that has come, or null. */
    @Nullable SocketChannel accept() throws IOException;
  }

  /** Has come in. */
  @FunctionalInterface
  interface Guest {
    /** Has to go, and {@link #leaves} then. */
    void reset();
  }

  private final Socket socket;
  private final SelectionKey key;
  private final int mostStrangers;
  private final Set<Guest> strangers = new LinkedHashSet<>();
  private final AcceptPause pause = new AcceptPause(this);
  private volatile boolean rests;
  private long restNanos;
  private long restsSince;

  LoopbackDoor(Socket socket, SelectionKey key, int mostStrangers) {
    this.socket = socket;
    this.key = key;
    this.mostStrangers = mostStrangers;
  }

  /**
   * The next connection; null if there is none, or none can be had now. What a guest held that has
   * gone is free when the selector goes on.
   *
   * @throws ClosedChannelException if there will be no more
   */
  @Nullable SocketChannel next(long now) throws ClosedChannelException {
    try {
      SocketChannel from = socket.accept();
      if (from != null && strangers.size() >= mostStrangers) resetEldest();
      return from;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      boolean room = Descriptors.areExhausted(e) && resetEldest();
      if (!room) rest(e, now);
      return null;
    }
  }

  /** The one that has had the most time for showing a ticket; false if there is none. */
  private boolean resetEldest() {
    Iterator<Guest> eldest = strangers.iterator();
    if (!eldest.hasNext()) return false;
    Guest guest = eldest.next();
    eldest.remove();
    guest.reset();
    return true;
  }

  void enters(Guest guest) {
    strangers.add(guest);
  }

  /** This one has gone, or has shown its ticket. */
  void leaves(Guest guest) {
    strangers.remove(guest);
  }

  private void rest(IOException why, long now) {
    restsSince = now;
    pause.failed(why, now);
  }

  /** Whether nobody comes in for want of a descriptor. */
  boolean rests() {
    return rests;
  }

  /** How long the selector may wait, of this time at most. */
  long selectMillis(long most) {
    return rests ? Math.min(most, AcceptPause.REST_MILLIS) : most;
  }

  void tick(long now) {
    if (rests && now - restsSince >= restNanos) pause.goOn();
    pause.tick(now);
  }

  @Override
  public void accepting(boolean on) {
    rests = !on;
    if (key.isValid()) key.interestOps(on ? SelectionKey.OP_ACCEPT : 0);
  }

  @Override
  public void goOnLater(long millis) {
    restNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public void tell(String line) {
    LOG.warn("The way to secure origins: {}", line);
  }
}
