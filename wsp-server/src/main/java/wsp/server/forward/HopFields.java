package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;
import wsp.envelope.TrailerFields;
import wsp.http1.RequestHead;
import wsp.server.listener.Bond;

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
   * @param bond of the caller's connection, where an origin may authenticate that
   */
  static Headers on(Headers fields, RequestHead head, boolean expects, @Nullable Bond bond) {
    String announced = TrailerFields.announced(head.headers());
    Headers told = announced.isEmpty() ? fields : fields.with("Trailer", announced);
    if (expects) told = told.with("Expect", "100-continue");
    return bond == null ? told : told.with(FieldLists.CONNECTION, bond.id());
  }
}
