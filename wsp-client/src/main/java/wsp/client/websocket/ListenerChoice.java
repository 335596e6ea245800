package wsp.client.websocket;

import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;

/** Chooses who hears of a WebSocket, once the server has answered the handshake. */
public interface ListenerChoice {
  /**
   * Of a WebSocket that opens.
   *
   * @param answer the fields of the server's answer
   * @throws EnvelopeException if they say what cannot be: there is no WebSocket then
   */
  WebSocketListener of(Headers answer) throws EnvelopeException;
}
