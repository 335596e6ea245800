package wsp.server.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.Labels;
import wsp.server.keys.NamedKey;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.tunnel.v2.LinkTerms;

/**
 * A client's connection may register: what its handshake has shown.
 *
 * @param key by which it was admitted
 * @param verified whether it has shown a certificate that was trusted
 * @param labels what callers may choose its client by, beside the id
 * @param offer what was told of version 2; null on version 1
 */
record Admitted(NamedKey key, boolean verified, List<String> labels, @Nullable LinkOffer offer)
    implements RegisterTerms.Verdict {
  /** What the handshake is answered with, the chosen subprotocol (RFC 6455 §4.2.2) among it. */
  Headers fields() {
    if (offer == null) return labels.isEmpty() ? Headers.EMPTY : chosen(Labels.SUBPROTOCOL);
    return chosen(LinkTerms.SUBPROTOCOL).and(offer.settings().terms().fields());
  }

  private static Headers chosen(String subprotocol) {
    return Headers.of("Sec-WebSocket-Protocol", subprotocol);
  }

  /** For log lines, behind a client's id. */
  String shown() {
    String named = key.name().isEmpty() ? "" : " by the key of " + key.name();
    return offer == null ? named : named + " (wire 2)";
  }
}
