package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import wsp.destination.ConfiguredUrl;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/** The opening handshake of a WebSocket (RFC 6455 §4.1), and the one of a proxy's tunnel. */
final class Handshake {
  /** The head does not lead to a WebSocket. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Headers fields;

    RefusedException(int status, String message) {
      this(status, message, Headers.EMPTY);
    }

    RefusedException(int status, String message, Headers fields) {
      super(message);
      this.status = status;
      this.fields = fields;
    }

    /** The fields of the answer. */
    Headers fields() {
      return fields;
    }

    /** The status of the answer, 0 if it has none. */
    int status() {
      return status;
    }
  }

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
   *     them is the one subprotocol that is offered, and the server may answer with it or without
   */
  Handshake(ConfiguredUrl target, Map<String, String> fields) {
    this.target = target;
    this.fields = fields;
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  ByteBuffer request() {
    StringBuilder head =
        new StringBuilder("GET ").append(target.requestTarget()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.authority()).append("\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    head.append("Sec-WebSocket-Key: ").append(key).append("\r\nSec-WebSocket-Version: 13\r\n");
    fields.forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
    return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Checks the answer, all of its head. */
  void check(String head) throws RefusedException {
    int status = status(firstLine(head));
    Headers answer = fields(head);
    if (status != SWITCHING_PROTOCOLS)
      throw new RefusedException(status, "the answer is " + status, answer);
    if (!Ascii.equalsIgnoreCase("websocket", value(answer, "Upgrade"))
        || !answer.connectionHas("upgrade")
        || !accept(key).equals(value(answer, "Sec-WebSocket-Accept")))
      throw new RefusedException(status, "the handshake is not answered");
    if (answer.has("Sec-WebSocket-Extensions")
        || (answer.has(PROTOCOL) && !value(answer, PROTOCOL).equals(fields.get(PROTOCOL))))
      throw new RefusedException(status, "the server chose an extension that was not offered");
  }

  /** A field's value, all of it. */
  private static String value(Headers fields, String name) {
    return String.join(", ", fields.all(name));
  }

  /** A head's first line. */
  static String firstLine(String head) {
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** The status of a head's first line. */
  static int status(String line) throws RefusedException {
    if (!isStatusLine(line)) throw new RefusedException(0, "the answer is not HTTP");
    return (int) Ascii.number(line.substring(9, 12), 3);
  }

  private static boolean isStatusLine(String line) {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) return false;
    for (int i : new int[] {7, 9, 10, 11}) if (!Ascii.isDigit(line.charAt(i))) return false;
    return line.charAt(8) == ' ' && (line.length() == 12 || line.charAt(12) == ' ');
  }

  /** The fields of a head. */
  static Headers fields(String head) {
    Headers.Builder fields = new Headers.Builder();
    for (int from = head.indexOf('\n') + 1, next; from < head.length(); from = next) {
      int lf = head.indexOf('\n', from);
      next = lf + 1;
      int end = lf > from && head.charAt(lf - 1) == '\r' ? lf - 1 : lf;
      int colon = head.indexOf(':', from);
      if (colon > from && colon < end)
        fields.add(head.substring(from, colon), Ascii.trim(head.substring(colon + 1, end)));
    }
    return fields.build();
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }
}
