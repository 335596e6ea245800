package wsp.client.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import wsp.client.tunnel.LinkOwner;
import wsp.client.websocket.DialRequest;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.Proxy;
import wsp.client.websocket.WebSocketDialer;
import wsp.envelope.Labels;

/**
 * Registers with servers (docs/wire.md). Safe for all threads.
 *
 * @param secretKey shown to them
 * @param labels offered; whether the server takes them is its business
 */
record Dialer(
    WebSocketDialer webSockets, ProxySettings proxy, String secretKey, List<String> labels) {
  /**
   * Why there is no connection.
   *
   * @param permanent true if trying again soon won't help
   * @param reason for the log, in words of this client
   * @param quoted what the other end says, or empty; often another text each time
   */
  record Failure(boolean permanent, String reason, String quoted) {
    Failure(boolean permanent, String reason) {
      this(permanent, reason, "");
    }

    String words() {
      return reason + quoted;
    }
  }

  private Map<String, String> fields(Wires.Offer offer) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("X-SECRET-KEY", secretKey);
    List<String> protocols = new ArrayList<>(offer.protocols());
    if (!labels.isEmpty()) protocols.add(Labels.SUBPROTOCOL);
    if (!protocols.isEmpty()) fields.put("Sec-WebSocket-Protocol", String.join(", ", protocols));
    if (!labels.isEmpty()) fields.put(Labels.FIELD, Labels.format(labels));
    fields.putAll(offer.fields());
    return fields;
  }

  /** Dials, without waiting; a failure is told on any thread. */
  void dial(Endpoint target, Wires wires, LinkOwner owner, Consumer<Failure> failed) {
    Proxy through = proxy.forTarget(target).orElse(null);
    String shown = through == null ? "" : through.toString();
    webSockets.dial(
        new DialRequest(
            target,
            through,
            fields(wires.offer()),
            wires.links(owner),
            failure -> failed.accept(RegistrationFailure.of(failure, shown))));
  }
}
