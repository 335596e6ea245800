package wsp.server.forward;

import wsp.envelope.Headers;
import wsp.envelope.TrailerFields;
import wsp.http1.RequestHead;

/**
 * Fields of one hop that server and client, which are one proxy to HTTP, tell each other where the
 * wire carries what they speak of: the client makes fields of its own hop of them. Stateless.
 */
final class HopFields {
  private HopFields() {}

  /**
   * These with what the caller says about the trailers that it will send.
   *
   * @param expects whether the origin is to say if it wants the body (RFC 9110 §10.1.1)
   */
  static Headers on(Headers fields, RequestHead head, boolean expects) {
    String announced = TrailerFields.announced(head.headers());
    Headers told = announced.isEmpty() ? fields : fields.with("Trailer", announced);
    return expects ? told.with("Expect", "100-continue") : told;
  }
}
