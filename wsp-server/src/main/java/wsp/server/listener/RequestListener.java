package wsp.server.listener;

import java.util.Optional;
import wsp.envelope.Headers;

/** What is done with the requests that arrive. Called on selector threads; must not block. */
public interface RequestListener {
  /** A request of a caller; its head is there, its body may follow. */
  void onRequest(Caller caller);

  /**
   * A request on a connection beyond {@link ListenerLimits#callerConnections}: to be answered
   * briefly, if only with a refusal. It is the last of its connection.
   */
  void onOverload(Caller caller);

  /**
   * An asker for a WebSocket, before the handshake.
   *
   * @return why it is refused; empty if it is welcome
   */
  Optional<Refusal> onRegister(RequestHead head, String remote);

  /** A WebSocket after its handshake. */
  WebSocketConnection.Listener onConnected(WebSocketConnection connection);

  /**
   * A plain answer.
   *
   * @param status of HTTP
   * @param headers beyond those that every answer has
   * @param text the body
   */
  record Refusal(int status, Headers headers, String text) {}
}
