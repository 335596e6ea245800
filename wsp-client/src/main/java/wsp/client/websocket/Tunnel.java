package wsp.client.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.http1.HeadWriter;

/**
 * A way to a target through an HTTP proxy, which is asked for it with CONNECT (RFC 9110 §9.3.6).
 *
 * @param host the proxy's name or address, without brackets
 * @param port the proxy's
 * @param authorization the value of {@code Proxy-Authorization}, or null for none
 */
public record Tunnel(String host, int port, @Nullable String authorization) {
  ByteBuffer request(Endpoint target) {
    String authority = target.dialled() + ":" + target.port();
    HeadWriter head = HeadWriter.request("CONNECT", authority).field("Host", authority);
    head.field("User-Agent", Handshake.USER_AGENT);
    if (authorization != null) head.field("Proxy-Authorization", authorization);
    return head.end();
  }

  /** Without the authorization. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
