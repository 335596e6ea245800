package wsp.envelope;

import java.util.Set;

/**
 * The first message of an exchange, server to client: what is to be requested. The body follows as
 * a message of its own.
 *
 * @param method any token
 * @param url the destination
 * @param headers the caller's end-to-end fields
 * @param contentLength bytes of the body; 0 none, {@value #UNKNOWN} not known beforehand
 */
public record RequestEnvelope(String method, String url, Headers headers, long contentLength) {
  /** The length of a body that is sent in chunks. */
  public static final long UNKNOWN = -1;

  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /**
   * The fields as the origin gets them, but for framing, for rules: an original server hands on
   * what belongs to its caller's hop, and with {@code Connection} a caller can have any field taken
   * away.
   */
  public Headers seen() {
    Headers passed = headers.endToEnd().without(FieldLists.NOT_FOR_ORIGINS);
    String protocol = UpgradeField.asked(this);
    return protocol == null
        ? passed
        : passed.with("Connection", UpgradeField.NAME).with(UpgradeField.NAME, protocol);
  }

  public RequestEnvelope without(FieldNames names) {
    return new RequestEnvelope(method, url, headers.without(names), contentLength);
  }

  /** True for a request that says how long its body is, be it empty (RFC 9110 §8.6). */
  public boolean hasLength() {
    return contentLength != 0 || METHODS_WITH_BODY.contains(method);
  }
}
