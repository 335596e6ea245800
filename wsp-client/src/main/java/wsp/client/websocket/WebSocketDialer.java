package wsp.client.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.address.Addresses;
import wsp.address.SystemNames;
import wsp.client.net.DescriptorShares;
import wsp.client.net.Lookups;
import wsp.client.net.Racing;
import wsp.client.net.Reactor;
import wsp.destination.IpLiteral;
import wsp.process.Safely;
import wsp.tls.TlsFiles;

/** Opens WebSockets to {@code ws://} and {@code wss://} targets. Safe for all threads. */
public final class WebSocketDialer implements AutoCloseable {
  private final Racing racing;
  private final ScheduledExecutorService timer;
  private final Lookups lookups =
      new Lookups("wsp-target-names", host -> Addresses.few(SystemNames.all(host)));
  private final TlsFiles tls;
  private final Duration timeout;

  /** Its timeout is for all of a connection's opening. */
  public WebSocketDialer(
      Reactor reactor, ScheduledExecutorService timer, TlsFiles tls, Duration timeout) {
    this.racing = new Racing(reactor, timer, DescriptorShares.ofProcess(1).attempts());
    this.timer = timer;
    this.tls = tls;
    this.timeout = timeout;
  }

  /** Dials, without waiting for anything. */
  public void dial(DialRequest dial) {
    new Attempt(dial).begin();
  }

  @Override
  public void close() {
    lookups.close();
  }

  /** The way to a target. */
  private final class Attempt implements Racing.Outcome {
    private final DialRequest dial;
    private final Racing.Place place;
    private final long deadline = System.nanoTime() + timeout.toNanos();
    private final AtomicBoolean told = new AtomicBoolean();

    Attempt(DialRequest dial) {
      this.dial = dial;
      Proxy proxy = dial.proxy();
      place =
          proxy == null
              ? new Racing.Place(dial.target().host(), dial.target().port())
              : new Racing.Place(proxy.host(), proxy.port());
    }

    void begin() {
      boolean direct = dial.proxy() == null;
      String host = direct ? dial.target().url().lookedUp() : place.host();
      InetAddress known = direct ? dial.target().address() : null;
      if (known == null) known = IpLiteral.of(host);
      if (known != null) race(List.of(known));
      else lookUp(host);
    }

    private void lookUp(String host) {
      CompletableFuture<List<InetAddress>> waiting = lookups.find(host);
      Future<?> late =
          timer.schedule(
              () -> {
                tell(new IOException("the look-up of the name " + host + " takes too long"));
                waiting.cancel(false);
              },
              timeout.toNanos(),
              TimeUnit.NANOSECONDS);
      Safely.atEnd(
          waiting,
          (found, failure) -> {
            if (!late.cancel(false)) return;
            if (found != null) race(found);
            else tell(lookupFailure(failure));
          });
    }

    private void race(List<InetAddress> addresses) {
      var unused = racing.connect(place, addresses, deadline, this);
    }

    @Override
    public void connected(IOSession session, InetAddress address) {
      Endpoint target = dial.target();
      Ground ground = new Ground(target, target.secure() ? tls : null, deadline);
      Opening opening = new Opening(dial.with(failure -> ended(address, failure)), ground);
      session.upgrade(opening);
      opening.tcpConnected(session);
    }

    @Override
    public void failed(List<Exception> causes) {
      Exception last = causes.get(causes.size() - 1);
      for (Exception cause : causes) if (cause != last) last.addSuppressed(cause);
      tell(last);
    }

    /** It was connected, and came to nothing. */
    private void ended(InetAddress address, DialFailure failure) {
      racing.failed(place, address);
      tell(failure);
    }

    /** Before anything was connected: to the proxy, where there is one. */
    private void tell(Exception cause) {
      tell(new DialFailure(dial.proxy() != null, 0, "", "", cause));
    }

    private void tell(DialFailure failure) {
      if (told.compareAndSet(false, true)) dial.failed().accept(failure);
    }
  }

  /** What a stage hands on is wrapped (CompletionStage). */
  private static Exception lookupFailure(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException c ? c.getCause() : failure;
    return cause instanceof Exception e ? e : new IOException(cause);
  }

  static IOException timedOut() {
    return new SocketTimeoutException("timeout");
  }
}
