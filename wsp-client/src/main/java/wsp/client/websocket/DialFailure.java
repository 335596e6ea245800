package wsp.client.websocket;

/**
 * Why there is no WebSocket to a target.
 *
 * @param atProxy true if the proxy on the way failed, or the way to it; false for the server itself
 * @param status of the answer that was no WebSocket; 0 if there was none
 * @param wants what a proxy wants in place of Basic, the schemes with commas between; empty for all
 *     other failures
 * @param words the text of that answer, shortened, or empty; may hold anything
 * @param cause what happened
 */
public record DialFailure(
    boolean atProxy, int status, String wants, String words, Exception cause) {}
