package wsp.client.targets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.Liveness;
import wsp.client.tunnel.Serving;
import wsp.client.tunnel.v1.V1Link;
import wsp.client.tunnel.v2.V2Link;
import wsp.client.websocket.ListenerChoice;
import wsp.client.websocket.WebSocketListener;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.tunnel.v2.Link;
import wsp.tunnel.v2.LinkTerms;
import wsp.tunnel.v2.Windows;
import wsp.websocket.TextMessage;

/**
 * Which wire the links of one server speak: known anew for each, from what that answers; and what
 * of this client's memory they may take. Where there are several servers, each has as much as is
 * free: one that fills all it may leaves the others as much as it has itself, and what it does
 * costs no request of theirs. Safe for all threads.
 *
 * @param serving serves its requests
 * @param envelopes for those that are not whole, and for answers that wait for the server
 * @param windows for bodies of requests on version 2
 */
record Wires(
    TargetSettings settings, LinkSizes sizes, Serving serving, Budget envelopes, Windows windows) {
  /**
   * What the handshake says of it.
   *
   * @param protocols the subprotocols that are offered
   * @param fields besides
   */
  record Offer(List<String> protocols, Map<String, String> fields) {}

  /** With all that there is. */
  static Wires all(TargetSettings settings, LinkSizes sizes, Serving serving, Budget envelopes) {
    Windows windows = new Windows(settings.wire().link().maxBuffered());
    return new Wires(settings, sizes, serving, envelopes, windows);
  }

  /** Those of one of several servers, out of these, which have all that there is. */
  Wires one() {
    return new Wires(settings, sizes, serving.ofOneServer(), envelopes.fairPart(), windows.part());
  }

  /** The same for links of these sizes. */
  Wires of(LinkSizes now) {
    return new Wires(settings, now, serving, envelopes, windows);
  }

  private LinkTerms terms() {
    return new LinkTerms(sizes.streams(), windows.first(sizes.exchanges()), LinkTerms.FRAME);
  }

  Offer offer() {
    if (!settings.wire().link().auto()) return new Offer(List.of(), Map.of());
    Map<String, String> fields = new LinkedHashMap<>();
    terms().fields().forEach(fields::put);
    return new Offer(List.of(LinkTerms.SUBPROTOCOL), fields);
  }

  /** The links of one server, which this owner keeps count of. */
  ListenerChoice links(LinkOwner owner) {
    return answer -> link(owner, answer);
  }

  private WebSocketListener link(LinkOwner owner, Headers answer) throws EnvelopeException {
    int maxEnvelope = settings.wire().maxEnvelope();
    if (!settings.wire().link().auto() || !LinkTerms.accepted(answer))
      return new V1Link(
          serving,
          owner,
          greeting(settings.sizes().announced()),
          liveness(),
          new TextMessage(maxEnvelope, envelopes));
    Link.Limits limits =
        new Link.Limits(terms(), LinkTerms.of(answer), maxEnvelope, windows, envelopes);
    return new V2Link(serving, owner, greeting(sizes.links()), liveness(), limits);
  }

  private String greeting(int idle) {
    return settings.identity().greeting(idle);
  }

  private Liveness liveness() {
    return settings.times().liveness(Registration.TICK);
  }
}
