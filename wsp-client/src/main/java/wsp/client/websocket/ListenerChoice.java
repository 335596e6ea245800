package wsp.client.websocket;

import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/** Chooses who hears of a WebSocket, once the server has answered the handshake. */
public interface ListenerChoice {
  /**
   * Of a WebSocket that opens.
   *
   * @param answer the fields of the server's answer
   * @throws EnvelopeException if they say what cannot be: there is no WebSocket then
   */
  WebSocketListener of(Headers answer) throws EnvelopeException;

  /** The memory for its text messages that are not whole; they nearly always come in one piece. */
  Budget texts();
}
