package wsp.client;

import java.time.Duration;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.Liveness;
import wsp.client.tunnel.Serving;
import wsp.client.tunnel.v1.V1Link;
import wsp.client.websocket.WebSocketListener;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;

/** Which wire a link speaks: known anew for each, from what its server answers. */
final class Wires {
  private final ClientConfig config;
  private final Duration tick;
  private final Serving serving;

  /**
   * @param tick how often links are ticked
   * @param serving serves the requests that come by all links
   */
  Wires(ClientConfig config, Duration tick, Serving serving) {
    this.config = config;
    this.tick = tick;
    this.serving = serving;
  }

  /**
   * The link to a server.
   *
   * @param answer the fields of the server's answer to the handshake
   */
  WebSocketListener link(LinkOwner owner, Headers answer) throws EnvelopeException {
    return new V1Link(serving, owner, config.greeting(), liveness());
  }

  private Liveness liveness() {
    return new Liveness(tick, config.pingInterval(), config.deadPeer(), config.stallTimeout());
  }
}
