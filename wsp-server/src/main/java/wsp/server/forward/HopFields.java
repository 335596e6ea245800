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

  /** These with what the caller says about the trailers that it will send. */
  static Headers on(Headers fields, RequestHead head) {
    Headers received = head.headers();
    String announced = TrailerFields.announced(received);
    return announced.isEmpty() ? fields : fields.with("Trailer", announced);
  }
}
