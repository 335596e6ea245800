package wsp.client.targets;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.Liveness;
import wsp.client.tunnel.v1.V1Link;
import wsp.client.tunnel.v2.V2Link;
import wsp.client.websocket.ListenerChoice;
import wsp.client.websocket.WebSocketListener;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.tunnel.v2.Link;
import wsp.tunnel.v2.LinkTerms;

/**
 * Which wire the links of one server speak: known anew for each, from what that answers; and what
 * of this client's memory they may take.
 */
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
  private final LinkTerms terms;
  private final ServerShares shares;

  Wires(TargetSettings settings, LinkSizes sizes, Duration tick, ServerShares shares) {
    this.settings = settings;
    this.sizes = sizes;
    this.tick = tick;
    this.shares = shares;
    int window = shares.windows().first(sizes.exchanges());
    terms = new LinkTerms(sizes.streams(), window, LinkTerms.FRAME);
  }

  Offer offer() {
    if (!settings.wire().link().auto()) return new Offer(List.of(), Map.of());
    Map<String, String> fields = new LinkedHashMap<>();
    terms.fields().forEach(fields::put);
    return new Offer(List.of(LinkTerms.SUBPROTOCOL), fields);
  }

  /** The links of one server, which this owner keeps count of. */
  ListenerChoice links(LinkOwner owner) {
    return new ListenerChoice() {
      @Override
      public WebSocketListener of(Headers answer) throws EnvelopeException {
        return link(owner, answer);
      }

      @Override
      public Budget texts() {
        return shares.envelopes();
      }
    };
  }

  private WebSocketListener link(LinkOwner owner, Headers answer) throws EnvelopeException {
    if (!settings.wire().link().auto() || !LinkTerms.accepted(answer))
      return new V1Link(
          shares.serving(), owner, greeting(settings.sizes().announced()), liveness());
    Link.Limits limits =
        new Link.Limits(
            terms,
            LinkTerms.of(answer),
            settings.wire().maxEnvelope(),
            shares.windows(),
            shares.envelopes());
    return new V2Link(shares.serving(), owner, greeting(sizes.links()), liveness(), limits);
  }

  private String greeting(int idle) {
    return settings.identity().greeting(idle);
  }

  private Liveness liveness() {
    return settings.times().liveness(tick);
  }
}
