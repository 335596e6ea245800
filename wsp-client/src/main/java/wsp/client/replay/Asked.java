package wsp.client.replay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.client.origin.Route;
import wsp.destination.Destination;
import wsp.envelope.FieldLists;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;

/**
 * A request that is to be replayed.
 *
 * @param route where it leads to
 * @param request as its server told it
 * @param head as it is written
 * @param guard which addresses it may go to
 */
record Asked(Route route, RequestEnvelope request, ByteBuffer head, AddressGuard guard) {
  static Asked of(RequestEnvelope request, Destination destination, AddressGuard guard) {
    Route route = new Route(destination.secure(), destination.host(), destination.port());
    return new Asked(route, request, RequestWriter.head(request, destination), guard);
  }

  /** True if the connection itself is what is asked for (RFC 9110 §9.3.6). */
  boolean connects() {
    return request.method().equals("CONNECT");
  }

  /** The caller's connection that it came on, where its server tells that; null: unknown. */
  @Nullable String bond() {
    return request.headers().first(FieldLists.CONNECTION);
  }

  /** The protocol that the origin is asked to switch to; null: none. */
  @Nullable String upgrade() {
    return UpgradeField.asked(request);
  }
}
