package wsp.client.httpclient;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.client.origin.Names;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Resolver;
import wsp.client.origin.Route;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;
import wsp.process.Safely;

/**
 * How one request gets to {@code HttpClient}: a plain one with an address of its origin, and the
 * next one if that cannot be connected to; a secure one with a ticket for a passage, when there is
 * room at its origin. Safe for all threads.
 */
final class Sending implements Tickets.Ticket {
  /** Connections that an origin may end before it has looked at a request. */
  private static final int MOST_REPEATED = 3;

  private final HttpClientEngine engine;
  private final Clients clients;
  private final HttpStream stream;
  private final Destination destination;
  private final Route route;
  private final RequestEnvelope request;

  /** What waits for room at the origin. */
  private final Runnable goes = this::sendSecurely;

  /** Until it is answered: it is not sent again then, and its answer may last. */
  private volatile HttpRequest.@Nullable Builder builder;

  private volatile @Nullable Future<?> lookup;
  private volatile @Nullable CompletableFuture<?> sent;

  /** Set before what is to be cancelled is looked for, and looked at when there is more of it. */
  private volatile boolean cancelled;

  private volatile String ticket = "";

  /** What its connection began with; null while it has none, without TLS, and over HTTP/2. */
  private volatile byte @Nullable [] carrier;

  @GuardedBy("this")
  private int repeated;

  Sending(
      HttpClientEngine engine,
      Clients clients,
      HttpStream stream,
      Destination destination,
      RequestEnvelope request) {
    this.engine = engine;
    this.clients = clients;
    this.stream = stream;
    this.destination = destination;
    this.route = new Route(destination.secure(), destination.host(), destination.port());
    this.request = request;
  }

  boolean isBy(Clients some) {
    return clients == some;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public AddressGuard guard() {
    return clients.guard();
  }

  /** Begins, or throws if HttpClient cannot send it as it is; the stream hears what comes of it. */
  void begin(RequestBody body) throws ReplayException {
    HttpRequest.Builder built = Requests.of(request, destination, body.none() ? null : body);
    engine.configure(built, route);
    built.setHeader(Word.FIELD, stream.word);
    // The URI of a plain one has the address that was checked.
    if (!route.secure()) built.setHeader("Host", destination.authority());
    builder = built;
    if (route.secure()) {
      // Before it waits for room that it has no use for.
      var unused = Requests.uri(destination, null);
      if (engine.shares(route)) waitForRoom(false);
      else sendSecurely();
    } else {
      lookUp();
    }
  }

  private void waitForRoom(boolean again) {
    if (again) engine.streams.refused(route, goes);
    else engine.streams.enter(route, goes);
    if (cancelled) engine.streams.withdraw(route, goes);
  }

  private void lookUp() {
    Future<?> begun = engine.names.find(guard(), route, this::found);
    lookup = begun;
    if (begun != null && cancelled) begun.cancel(false);
  }

  private void found(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
    if (addresses != null) send(addresses, 0);
    else if (failure != null) stream.failed(Names.why(route, failure));
  }

  /** To one address after the other, until there is a connection. */
  private void send(List<InetAddress> addresses, int at) {
    send(
        addresses.get(at),
        failure -> {
          boolean more = at + 1 < addresses.size() && Faults.isOfConnecting(failure);
          if (Faults.isOfRefusal(failure) && repeats() && stream.waitsAgain()) send(addresses, at);
          else if (more && stream.mayConnect()) send(addresses, at + 1);
          else stream.broken(failure);
        });
  }

  private void sendSecurely() {
    String text = engine.passages.tickets.expect(this);
    ticket = text;
    HttpRequest.Builder built = builder;
    if (built != null) built.setHeader(Tickets.FIELD, text);
    send(
        (InetAddress) null,
        failure -> {
          engine.passages.tickets.forget(ticket);
          boolean unseen = Faults.isUnprocessed(failure) || Faults.isOfRefusal(failure);
          if (Faults.isOfStreams(failure) && mayWait() && stream.waitsAgain()) {
            waitForRoom(true);
          } else if (unseen && repeats() && stream.waitsAgain()) {
            sendSecurely();
          } else {
            leave();
            stream.broken(failure);
          }
        });
  }

  /** One that an origin has no room for though nothing else runs there is not tried for ever. */
  private boolean mayWait() {
    return !engine.streams.isAlone(route) || repeats();
  }

  private synchronized boolean repeats() {
    return repeated++ < MOST_REPEATED;
  }

  private void leave() {
    if (engine.shares(route)) engine.streams.leave(route);
  }

  private void send(@Nullable InetAddress address, Consumer<Throwable> then) {
    CompletableFuture<HttpResponse<Void>> sending;
    try {
      sending = clients.send(route, ready(address), this::answered);
    } catch (ReplayException | RuntimeException e) {
      // Such as for want of a descriptor, when HttpClient is made.
      then.accept(e);
      return;
    }
    sent = sending;
    if (cancelled) cancel();
    Safely.atEnd(
        sending,
        (response, failure) -> {
          if (failure != null) then.accept(failure);
          else if (route.secure()) {
            engine.passages.tickets.forget(ticket);
            leave();
          }
        });
  }

  private HttpRequest ready(@Nullable InetAddress address) throws ReplayException {
    HttpRequest.Builder built = builder;
    if (built == null || !stream.sends()) throw new RejectedExecutionException("broken off");
    HttpRequest whole = built.uri(Requests.uri(destination, address)).build();
    return request.hasLength() ? whole : new BodilessRequest(whole);
  }

  private HttpResponse.BodySubscriber<Void> answered(HttpResponse.ResponseInfo info) {
    builder = null;
    boolean plain = info.version() == java.net.http.HttpClient.Version.HTTP_1_1;
    if (engine.shares(route) && plain) engine.streams.lift(route);
    else if (engine.shares(route)) engine.streams.share(route);
    return stream.answered(info);
  }

  @Override
  public void refused(ReplayException why) {
    stream.failed(why);
  }

  /**
   * Breaks it off, wherever it is: a request that has been sent is cut short, and nothing that is
   * shared refers to one that waits any longer.
   */
  void cancel() {
    cancelled = true;
    Future<?> looking = lookup;
    CompletableFuture<?> sending = sent;
    String shown = ticket;
    if (looking != null) looking.cancel(false);
    if (engine.shares(route)) engine.streams.withdraw(route, goes);
    if (sending != null) sending.cancel(true);
    if (!shown.isEmpty()) engine.passages.tickets.abandon(shown);
  }

  /** This is what its connection began with. */
  void carriedBy(byte[] beginning) {
    carrier = beginning;
  }

  /** True if its connection has ended so that others have the memory. */
  boolean hasDeparted() {
    byte[] by = carrier;
    return by != null && engine.passages.departed.has(by);
  }

  /** What its connection began with; or where it leads, if that is not known. */
  Object goesBy() {
    byte[] by = carrier;
    return by == null ? route : ByteBuffer.wrap(by);
  }

  /** The failure of one that has not been sent in time. */
  ReplayException late() {
    if (!route.secure()) return Resolver.unanswered(route.host());
    if (engine.passages.guests.rests()) return Faults.noDescriptor(route);
    return Faults.unsent(route, engine.streams.isConnected(route));
  }
}
