package wsp.server.forward;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import wsp.config.ErrorCodes;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.RequestId;
import wsp.process.BoundedExecutor;
import wsp.server.failure.ErrorAnswer;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Caller;
import wsp.server.listener.Remote;
import wsp.server.listener.RequestListener;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.RegisterEndpoint;
import wsp.server.routes.Webhook;

/**
 * All requests but registrations, on whichever {@link Way} they come. One passes these steps, each
 * of which accepts it for the next one or refuses it:
 *
 * <ol>
 *   <li>{@link Admission}: is there room, and who is the caller?
 *   <li>{@link Parsing}: where is it to go, and by which client?
 *   <li>{@link Judging}: may it? Both off the I/O thread where they take long.
 *   <li>{@link Proving}, on some routes only: is it what its sender has signed?
 *   <li>{@link Exchange}: over a leased connection, or by this server itself where the request may
 *       go no further.
 * </ol>
 */
public final class RequestHandler implements RequestListener {
  private final LeaseClock clock;
  private final BoundedExecutor workers;
  private final Outcomes<ProxyError> outcomes;
  private final Admission admission;
  private final OpenTunnels tunnels;
  private final RegisterEndpoint registrations;
  private volatile Terms terms;
  private volatile boolean going;

  /**
   * A handler for all requests.
   *
   * @param workers judge what takes long
   * @param outcomes notes how each request ends
   * @param counts of the requests under way; an observer of those outcomes as well
   * @param tunnels that are among them, likewise
   * @param registrations judges those that are no requests
   */
  public RequestHandler(
      Terms terms,
      LeaseClock clock,
      Executor workers,
      Outcomes<ProxyError> outcomes,
      RequestsUnderWay counts,
      OpenTunnels tunnels,
      RegisterEndpoint registrations) {
    this.terms = terms;
    this.clock = clock;
    this.workers = BoundedExecutor.ofCores(workers, Destination.FORMS_MEMORY, Aside.MOST_OF_ONE);
    this.outcomes = outcomes;
    this.admission = new Admission(counts);
    this.tunnels = tunnels;
    this.registrations = registrations;
  }

  /** From now on these count; for tunnels and upgrades that are under way, too. */
  public void change(Terms next) {
    // First: one that comes meanwhile, under those before, is judged when it begins.
    tunnels.use(next);
    terms = next;
    tunnels.judge(next, workers);
  }

  /** From now on an answer to a question for the status says that this server is going. */
  public void giveNotice() {
    going = true;
  }

  public void drain() {
    going = true;
    admission.drain();
  }

  /** True from the beginning of the end, when requests may still be taken. */
  public boolean going() {
    return going;
  }

  @Override
  public boolean isRegistration(RequestHead head) {
    return head.path().equals("/register") && Way.of(head, terms.entrances()) == Way.Own.REGISTER;
  }

  @Override
  public Judgement onRegister(RequestHead head, Remote remote, boolean verified) {
    if (admission.draining()) return drainingRefusal();
    String from = terms.forwarding().caller(remote, head.headers());
    return registrations.judge(head, from, verified);
  }

  /** What registrations are told during the drain, and requests that are left at its end. */
  public static Refusal drainingRefusal() {
    // The same status in both sets of codes.
    ProxyError error = ProxyError.DRAINING;
    ErrorCodes codes = ErrorCodes.LEGACY;
    return new Refusal(error.status(codes), ErrorAnswer.of(error).headers(codes), error.text());
  }

  /** For the request, these terms count to its end. */
  @Override
  public void onRequest(Caller caller) {
    Terms now = terms;
    Way way = Way.of(caller.head(), now.entrances());
    if (way == Way.Own.STATUS) status(caller, now);
    else if (way == Way.Own.SERVER) FinalRecipient.options(caller, Headers.EMPTY);
    else if (way instanceof Way.Closed closed) closed(caller, now, closed);
    // It was not one when that was asked, by other routes.
    else if (way == Way.Own.REGISTER)
      closed(caller, now, new Way.Closed(ProxyError.UNKNOWN_PATH, ""));
    else admit(arrival(caller, now, way));
  }

  /** Only a question for the status is answered. */
  @Override
  public void onOverload(Caller caller) {
    Terms now = terms;
    Way way = Way.of(caller.head(), now.entrances());
    if (way == Way.Own.STATUS) status(caller, now);
    else refuse(arrival(caller, now, way), Refused.because(ProxyError.TOO_MANY_CALLERS));
  }

  @Override
  public void onUnread(Remote from, Refusal told) {
    String caller = terms.forwarding().caller(from, Headers.EMPTY);
    ExchangeRecord noted =
        new ExchangeRecord(RequestId.of(Headers.EMPTY), "", ExchangeRecord.METHOD_UNKNOWN, caller);
    outcomes.begun(noted);
    Refused why = Refused.gone(told);
    outcomes.failed(noted, why.error(), why.detail(), why.over());
  }

  private void status(Caller caller, Terms now) {
    if (!going) {
      caller.respond(200, Headers.EMPTY, "ok");
      return;
    }
    // The operator is told, but no request has failed.
    ProxyError error = ProxyError.DRAINING;
    ErrorCodes codes = now.errorCodes();
    caller.respond(error.status(codes), ErrorAnswer.of(error).headers(codes), error.text() + "\n");
  }

  private void closed(Caller caller, Terms now, Way.Closed way) {
    refuse(arrival(caller, now, way), Refused.because(way.error(), way.detail()));
  }

  /** From here on it is known to all observers, and has to end. */
  private Arrival arrival(Caller caller, Terms now, Way way) {
    Arrival arrival = Arrival.of(caller, now, way);
    outcomes.begun(arrival.noted());
    return arrival;
  }

  void refuse(Arrival arrival, Refused why) {
    arrival.refuse(why, outcomes);
  }

  private void admit(Arrival arrival) {
    Admission.Outcome outcome = admission.admit(arrival);
    if (outcome instanceof Refused why) refuse(arrival, why);
    else if (outcome instanceof Admission.Admitted admitted) {
      CallerKeys.Identity who = admitted.who();
      if (OnRoute.isCostly(arrival)) aside(arrival, who, () -> parse(arrival, who));
      else parse(arrival, who);
    }
  }

  private void aside(Arrival arrival, CallerKeys.Identity who, Runnable step) {
    Object owner = RequestsUnderWay.holder(arrival, who);
    new Aside(owner, clock.deadline(), step, why -> refuse(arrival, why))
        .take(arrival.caller(), workers);
  }

  private void parse(Arrival arrival, CallerKeys.Identity who) {
    Parsing.Outcome outcome = Parsing.parse(arrival, who);
    if (outcome instanceof Refused why) refuse(arrival, why);
    else if (outcome instanceof ProxyRequest request) {
      arrival.caller().leadsTo(request.destination().url().length());
      judge(request);
    }
  }

  private void judge(ProxyRequest parsed) {
    Arrival arrival = parsed.arrival();
    if (Judging.isCostly(parsed))
      aside(arrival, parsed.who(), () -> judged(arrival, Judging.judge(parsed)));
    else judged(arrival, Judging.judge(parsed));
  }

  private void judged(Arrival arrival, Parsing.Outcome outcome) {
    if (outcome instanceof Refused why) refuse(arrival, why);
    else if (outcome instanceof ProxyRequest request) relay(request);
  }

  private void relay(ProxyRequest request) {
    Webhook webhook = Proving.of(request);
    if (FinalRecipient.isMeant(request.caller().head())) answer(request.arrival());
    else if (webhook == null) exchange(request, null);
    else Proving.begin(request, webhook, System.currentTimeMillis() / 1000, this);
  }

  void exchange(ProxyRequest request, @Nullable WholeBody body) {
    Exchange exchange = new Exchange(request, clock, outcomes);
    if (request.isRaw()) tunnels.begins(exchange, workers);
    exchange.start(body);
  }

  private void answer(Arrival arrival) {
    arrival.noted().head(200);
    Headers fields = Headers.of(RequestId.FIELD, arrival.noted().requestId());
    arrival.noted().responseBytes(FinalRecipient.answer(arrival.caller(), fields));
    outcomes.completed(arrival.noted());
  }
}
