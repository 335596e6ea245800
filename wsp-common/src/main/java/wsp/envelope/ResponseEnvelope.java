package wsp.envelope;

/**
 * The first message of an answer, client to server: the head of the origin's response. The body
 * follows as a message of its own.
 *
 * @param status the origin's status code as it is
 * @param headers the origin's end-to-end fields
 * @param contentLength bytes of the body; 0 none, {@link RequestEnvelope#UNKNOWN} not known
 *     beforehand
 */
public record ResponseEnvelope(int status, Headers headers, long contentLength) {
  /** True for a head that another one follows (RFC 9110 §15.2); 101 is final. */
  public boolean isInterim() {
    return status < 200 && status != 101;
  }

  public ResponseEnvelope without(FieldNames names) {
    return new ResponseEnvelope(status, headers.without(names), contentLength);
  }
}
