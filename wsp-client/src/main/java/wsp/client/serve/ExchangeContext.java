package wsp.client.serve;

import java.util.concurrent.Executor;
import wsp.client.origin.Failure;
import wsp.client.tunnel.ClientStream;
import wsp.client.tunnel.Resting;
import wsp.client.tunnel.Served;
import wsp.client.tunnel.Serving;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.limit.Budget;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;
import wsp.observe.Traceparent;
import wsp.process.BoundedExecutor;
import wsp.process.Safely;

/** The parts of the client that every exchange needs. Safe for all threads. */
public final class ExchangeContext implements Serving {
  /** Longer heads leave half of the memory to the others. */
  private static final int LONG = 8192;

  /** Of the memory, so much is for requests that are answered. */
  private static final int RESTING_PART = 4;

  private final BoundedExecutor workers;
  private final Outcomes<Failure> outcomes;
  private final String id;
  private final boolean combined;
  private final Budget envelopes;
  private final Budget longEnvelopes;
  private final Resting<Exchange> resting;
  private final Untaken untaken;

  /** The server where there is but one. */
  private final Untaken.Server only;

  private final OpenTunnels tunnels;
  private volatile Terms terms;

  /**
   * With what there is at the start.
   *
   * @param id of this client
   * @param combined whether the access log has fields in which callers tell of themselves
   * @param terms until others are in use
   * @param workers for what may take long
   * @param outcomes notes how each ends
   * @param envelopes the memory for those of all requests that run, three quarters of that for
   *     envelopes; answers that are not taken have as much as the whole, beside it
   * @param tunnels which are noted there; an observer of those outcomes as well
   */
  public ExchangeContext(
      String id,
      boolean combined,
      Terms terms,
      Executor workers,
      Outcomes<Failure> outcomes,
      Budget envelopes,
      OpenTunnels tunnels) {
    this.id = id;
    this.tunnels = tunnels;
    this.combined = combined;
    this.terms = terms;
    this.workers = BoundedExecutor.ofCores(workers, Destination.FORMS_MEMORY, Integer.MAX_VALUE);
    this.outcomes = outcomes;
    this.envelopes = envelopes;
    this.longEnvelopes = envelopes.part(envelopes.limit() / 2);
    this.untaken = new Untaken(envelopes.limit() / 3 * 4, System::nanoTime);
    this.only = untaken.new Server();
    this.resting = new Resting<>(Integer.MAX_VALUE, envelopes.limit() / RESTING_PART);
  }

  @Override
  public Served begin(ClientStream stream, RequestEnvelope request, int size) {
    return begin(stream, request, memory(envelopes, longEnvelopes, size, only));
  }

  private Served begin(ClientStream stream, RequestEnvelope request, ExchangeMemory memory) {
    return new Exchange(stream, this, memory, request);
  }

  @Override
  public Serving ofOneServer() {
    Budget mine = envelopes.fairPart();
    Budget myLong = longEnvelopes.fairPart();
    Untaken.Server its = untaken.new Server();
    return (stream, request, size) -> begin(stream, request, memory(mine, myLong, size, its));
  }

  private static ExchangeMemory memory(
      Budget any, Budget longOnes, int size, Untaken.Server server) {
    return new ExchangeMemory((size > LONG ? longOnes : any).share(), size, server);
  }

  String id() {
    return id;
  }

  ExchangeRecord noted(ClientStream stream, String method, Headers fields, String requestId) {
    ExchangeRecord noted = new ExchangeRecord(requestId, Traceparent.of(fields), method, "");
    if (combined) AccessLog.note(noted, fields, stream.remote(), true);
    noted.peer(stream.target());
    return noted;
  }

  /** What a request that comes now is judged by, to its end. */
  Terms terms() {
    return terms;
  }

  /**
   * From now on, requests that come are judged, and errors told, as this says; tunnels and upgrades
   * that are under way, too.
   */
  public void use(Terms next) {
    // First: one that comes meanwhile, under those before, is judged when it begins.
    tunnels.use(next);
    terms = next;
    tunnels.judge(next, workers);
  }

  OpenTunnels tunnels() {
    return tunnels;
  }

  Outcomes<Failure> outcomes() {
    return outcomes;
  }

  /** This one is answered, and its origin still takes the rest; it has this memory. */
  void rests(Exchange one, ExchangeMemory memory) {
    Safely.each(resting.add(one, memory.held()), Exchange::cancel);
    // It may have ended meanwhile.
    if (memory.held() == 0) resting.over(one);
  }

  /** It has no memory any more, and rests no longer. */
  void isOver(Exchange one, ExchangeMemory memory) {
    memory.close();
    resting.over(one);
  }

  BoundedExecutor workers() {
    return workers;
  }
}
