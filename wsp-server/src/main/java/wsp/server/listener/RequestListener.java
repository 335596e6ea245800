package wsp.server.listener;

import java.util.function.Function;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;

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
   * A request of which the head could not be read, or did not come in time: its caller has been
   * told, and nothing else is known of it.
   *
   * @param told what the caller was told
   */
  default void onUnread(Remote remote, Refusal told) {}

  boolean isRegistration(RequestHead head);

  /** An asker for a WebSocket, before the handshake, perhaps with a certificate that is trusted. */
  Judgement onRegister(RequestHead head, Remote remote, boolean verified);

  sealed interface Judgement permits Welcome, Refusal {}

  /**
   * It may have its WebSocket.
   *
   * @param onConnected gives the WebSocket its listener, after the handshake
   * @param fields more of the answer, with the subprotocol if one is chosen (RFC 6455 §4.2.2)
   */
  record Welcome(
      Function<WebSocketConnection, WebSocketConnection.Listener> onConnected, Headers fields)
      implements Judgement {}

  /**
   * A plain answer.
   *
   * @param status of HTTP
   * @param headers beyond those that every answer has
   * @param text the body
   */
  record Refusal(int status, Headers headers, String text) implements Judgement {
    /** Of one that cannot be told anything any more. */
    static final Refusal UNREAD =
        new Refusal(0, Headers.EMPTY, "it had taken nothing for as long as stalltimeout allows");

    /** False if the caller has not been told of it. */
    public boolean isTold() {
      return status != 0;
    }
  }
}
