package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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
    StringBuilder head = new StringBuilder("CONNECT ").append(authority).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority).append("\r\n");
    if (authorization != null)
      head.append("Proxy-Authorization: ").append(authorization).append("\r\n");
    return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Without the authorization. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
