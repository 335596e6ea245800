package wsp.client.websocket;

import java.nio.ByteBuffer;
import wsp.websocket.ProtocolViolationException;

/**
 * Who hears of a WebSocket. One event after the other, on whichever thread has the bytes: an I/O
 * thread, or the one that called {@link WebSocket#request}.
 */
public interface WebSocketListener {
  /** It is open. Nothing is read before the first {@link WebSocket#request}. */
  void onOpen(WebSocket socket);

  /** Something came, whatever it is. */
  void onSignOfLife();

  /**
   * A piece of a text message, of whole characters, one of the events that are asked for; nearly
   * always all of it.
   *
   * @throws ProtocolViolationException if it is more than is taken
   */
  void onText(String piece, boolean last) throws ProtocolViolationException;

  /**
   * A piece of a binary message, one of the events that are asked for.
   *
   * @param piece valid until this returns
   * @param last true for the piece that ends the message
   */
  void onBinary(ByteBuffer piece, boolean last);

  /** What had come so far has been told: more may be a while in coming. */
  default void onReadComplete() {}

  /**
   * The server closed it.
   *
   * @param code of RFC 6455 §7.4; 1005 if it gave none
   * @param reason the server's words, or empty; may hold anything
   */
  void onClose(int code, String reason);

  /** It is lost, or the server broke the protocol and it was closed for that. */
  void onFailure(String why);
}
