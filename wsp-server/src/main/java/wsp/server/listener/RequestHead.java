package wsp.server.listener;

import wsp.envelope.Headers;

/**
 * The head of a request, checked (RFC 9112 §3 to §6).
 *
 * @param method a token
 * @param target as it was sent
 * @param path the path of the target, without its query
 * @param http11 false for HTTP/1.0
 * @param headers every field in wire order
 * @param contentLength bytes of the body; 0 none, -1 in chunks
 */
public record RequestHead(
    String method,
    String target,
    String path,
    boolean http11,
    Headers headers,
    long contentLength) {

  /** True if a body follows. */
  public boolean hasBody() {
    return contentLength != 0;
  }

  /** True if the caller waits for a 100 before it sends the body (RFC 9110 §10.1.1). */
  public boolean expectsContinue() {
    return http11 && hasBody() && headers.has("Expect");
  }

  /** True if the caller's connection may serve another request (RFC 9112 §9.3). */
  public boolean keepAlive() {
    return http11 ? !headers.connectionHas("close") : headers.connectionHas("keep-alive");
  }
}
