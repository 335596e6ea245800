package wsp.client.targets;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.Liveness;
import wsp.client.tunnel.Serving;
import wsp.client.tunnel.v1.V1Link;
import wsp.client.tunnel.v2.V2Link;
import wsp.client.websocket.WebSocketListener;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.tunnel.v2.Link;
import wsp.tunnel.v2.LinkTerms;
import wsp.tunnel.v2.Windows;

/** Which wire a link speaks: known anew for each, from what its server answers. */
final class Wires {
  /**
   * What the handshake says of it.
   *
   * @param protocols the subprotocols that are offered
   * @param fields besides
   */
  record Offer(List<String> protocols, Map<String, String> fields) {}

  private final TargetSettings settings;
  private final LinkSizes sizes;
  private final Duration tick;
  private final Serving serving;
  private final LinkTerms terms;
  private final Windows windows;
  private final Budget envelopes;

  /**
   * @param tick how often links are ticked
   * @param envelopes the memory for those that are not whole
   * @param serving serves the requests that come by all links
   */
  Wires(
      TargetSettings settings, LinkSizes sizes, Duration tick, Budget envelopes, Serving serving) {
    this.settings = settings;
    this.sizes = sizes;
    this.tick = tick;
    this.serving = serving;
    windows = new Windows(settings.wire().link().maxBuffered());
    this.envelopes = envelopes;
    terms = new LinkTerms(sizes.streams(), windows.first(sizes.exchanges()), LinkTerms.FRAME);
  }

  /** What every handshake offers. */
  Offer offer() {
    if (!settings.wire().link().auto()) return new Offer(List.of(), Map.of());
    Map<String, String> fields = new LinkedHashMap<>();
    terms.fields().forEach(fields::put);
    return new Offer(List.of(LinkTerms.SUBPROTOCOL), fields);
  }

  /**
   * The link to a server.
   *
   * @param answer the fields of the server's answer to the handshake
   */
  WebSocketListener link(LinkOwner owner, Headers answer) throws EnvelopeException {
    if (!settings.wire().link().auto() || !LinkTerms.accepted(answer))
      return new V1Link(serving, owner, greeting(settings.sizes().announced()), liveness());
    Link.Limits limits =
        new Link.Limits(
            terms, LinkTerms.of(answer), settings.wire().maxEnvelope(), windows, envelopes);
    return new V2Link(serving, owner, greeting(sizes.links()), liveness(), limits);
  }

  private String greeting(int idle) {
    return settings.identity().greeting(idle);
  }

  private Liveness liveness() {
    return settings.times().liveness(tick);
  }
}
