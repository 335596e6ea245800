package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import wsp.destination.ConfiguredUrl;
import wsp.envelope.Headers;
import wsp.http1.HeadWriter;
import wsp.http1.ResponseHead;
import wsp.text.Ascii;
import wsp.text.Digest;

/** The opening handshake of a WebSocket (RFC 6455 §4.1). */
final class Handshake {
  /** The head does not lead to a WebSocket. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Of the answer, 0 if it has none. */
    final int status;

    final transient Headers fields;

    RefusedException(int status, String message) {
      this(status, message, Headers.EMPTY);
    }

    RefusedException(int status, String message, Headers fields) {
      super(message);
      this.status = status;
      this.fields = fields;
    }
  }

  /**
   * The value of {@code User-Agent}: firewalls of web applications and proxies refuse a request
   * that does not say what has made it.
   */
  static final String USER_AGENT = "wsp-client";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** The field for subprotocols, both ways (RFC 6455 §11.3.4). */
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private static final int SWITCHING_PROTOCOLS = 101;

  private final ConfiguredUrl target;
  private final Map<String, String> fields;
  private final String key;

  /**
   * @param fields to be sent besides those of the handshake; a {@code Sec-WebSocket-Protocol} among
   *     them lists the subprotocols that are offered, of which the server may choose one, or none
   */
  Handshake(ConfiguredUrl target, Map<String, String> fields) {
    this.target = target;
    this.fields = fields;
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  ByteBuffer request() {
    HeadWriter head = HeadWriter.request("GET", target.requestTarget());
    head.field("Host", target.authority()).field("User-Agent", USER_AGENT);
    head.field("Upgrade", "websocket").field("Connection", "Upgrade");
    head.field("Sec-WebSocket-Key", key).field("Sec-WebSocket-Version", "13");
    fields.forEach(head::field);
    return head.end();
  }

  void check(ResponseHead head) throws RefusedException {
    int status = head.status();
    Headers answer = head.fields();
    if (status != SWITCHING_PROTOCOLS)
      throw new RefusedException(status, "the answer is " + status, answer);
    if (!Ascii.equalsIgnoreCase("websocket", value(answer, "Upgrade"))
        || !answer.connectionHas("upgrade")
        || !accept(key).equals(value(answer, "Sec-WebSocket-Accept")))
      throw new RefusedException(status, "the handshake is not answered");
    if (answer.has("Sec-WebSocket-Extensions")
        || (answer.has(PROTOCOL) && !offered(value(answer, PROTOCOL))))
      throw new RefusedException(status, "the server chose an extension that was not offered");
  }

  private boolean offered(String protocol) {
    String all = fields.getOrDefault(PROTOCOL, "");
    return Arrays.stream(all.split(",", -1)).map(Ascii::trim).anyMatch(protocol::equals)
        && !protocol.isEmpty();
  }

  private static String value(Headers fields, String name) {
    return String.join(", ", fields.all(name));
  }

  private static String accept(String key) {
    byte[] hash = Digest.sha1((key + GUID).getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(hash);
  }
}
