package wsp.server.forward;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.envelope.ConnectionAuth;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.TrailerFields;
import wsp.observe.ExchangeRecord;
import wsp.observe.ProxyStatus;
import wsp.observe.RequestId;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Bond;
import wsp.server.listener.Caller;
import wsp.text.Ascii;

/**
 * A request whose caller and destination are known.
 *
 * @param headers what is judged and goes on of its fields
 * @param who the caller is
 * @param client the id, or else a label, of the client that it has to go to; null: any
 */
record ProxyRequest(
    Arrival arrival,
    Headers headers,
    CallerKeys.Identity who,
    Destination destination,
    @Nullable String client)
    implements Parsing.Outcome {
  Caller caller() {
    return arrival.caller();
  }

  /** What its caller is told from others by. */
  Object owner() {
    return RequestsUnderWay.holder(arrival, who);
  }

  ExchangeRecord noted() {
    return arrival.noted();
  }

  /**
   * What ties it to the others of its caller's connection, where an origin may take that for one
   * user's (RFC 4559 §6); null for nearly all. A proxy before this server may send the requests of
   * many by one connection: none of those is tied, whether the proxy says that it is one, or is
   * known as one.
   */
  @Nullable Bond bond() {
    Bond bond = caller().remote().bond().of(who.name());
    boolean begins = headers.has("Authorization") && ConnectionAuth.inRequest(headers);
    if (!begins && !bond.exists()) return null;
    Headers received = caller().head().headers();
    boolean ofProxy = received.has("Via") || received.has("Forwarded");
    if (ofProxy || received.has("X-Forwarded-For")) return null;
    return arrival.terms().forwarding().trusts(caller().remote().address()) ? null : bond;
  }

  /** True for a CONNECT: after a 2xx, bytes go both ways that are no HTTP. */
  boolean isTunnel() {
    return arrival.way() == Way.Own.TUNNEL;
  }

  /** The protocol that it asks to go on with, which a 101 agrees to; null for nearly all. */
  @Nullable String upgrade() {
    return Upgrades.in(headers);
  }

  /** The same, however the configuration spells it. */
  private @Nullable String protocol() {
    String upgrade = upgrade();
    return upgrade == null ? null : Ascii.lower(upgrade);
  }

  /** True if bytes that are no HTTP may follow on both ways. */
  boolean isRaw() {
    return isTunnel() || upgrade() != null;
  }

  /** True if bytes go both ways once this status has come. */
  boolean isOpenedBy(int status) {
    return isTunnel() ? status / 100 == 2 : status == 101;
  }

  /** The same as it would be judged if it came now. */
  ProxyRequest under(Arrival again, CallerKeys.Identity caller) {
    return new ProxyRequest(again, headers, caller, destination, client);
  }

  /** True if the two go to the same place by the same client, and on with the same protocol. */
  boolean isLike(ProxyRequest other) {
    return destination.url().equals(other.destination.url())
        && isTunnel() == other.isTunnel()
        && Objects.equals(client, other.client)
        && Objects.equals(protocol(), other.protocol());
  }

  String method() {
    return caller().head().method();
  }

  /**
   * The envelope for the client.
   *
   * @param more whether the stream carries more than plain exchanges
   * @param expects whether the origin is to say if it wants the body (RFC 9110 §10.1.1)
   * @param bond as {@link #bond} has it
   */
  RequestEnvelope envelope(boolean more, boolean expects, @Nullable Bond bond) {
    Headers forOrigin = headers.without(FieldLists.NOT_FOR_ORIGINS).spelledOnly("Content-Length");
    Headers counted = FinalRecipient.countedDown(caller().head(), forOrigin);
    Headers named = arrival.terms().forwarding().withVia(counted, caller().head().http11());
    Headers known = RequestId.on(named, noted().requestId());
    Headers passed = more ? told(known, expects, bond) : known;
    return new RequestEnvelope(
        method(), destination.url(), passed, caller().head().contentLength());
  }

  /**
   * With fields of the hop that server and client, which are one proxy to HTTP, tell each other:
   * the client makes fields of its own hop of them.
   */
  private Headers told(Headers fields, boolean expects, @Nullable Bond bond) {
    Headers told = TrailerFields.announce(caller().head().headers(), fields);
    if (expects) told = told.with("Expect", "100-continue");
    return bond == null ? told : told.with(FieldLists.CONNECTION, bond.id());
  }

  /** The fields of an origin that its caller gets; clients and origins speak HTTP/1.1. */
  Headers answer(Headers answered) {
    Headers fields = ProxyStatus.without(answered, ProxyStatus.SERVER);
    Headers led =
        arrival.way() instanceof Way.Routed routed
            ? OnRoute.answer(routed, caller().head().path(), destination, fields)
            : fields;
    return RequestId.on(arrival.terms().forwarding().withVia(led, true), noted().requestId());
  }

  Refused refused(ProxyError error, String detail) {
    return new Refused(error, detail, unavailable(error), "", Headers.EMPTY, 0);
  }

  /** Which client it was that could not be had; empty where none was asked for. */
  private String unavailable(ProxyError error) {
    if (error == ProxyError.CLIENT_TOO_OLD)
      return isTunnel() ? ": a tunnel by CONNECT" : ": an upgrade to " + upgrade();
    if (client == null) return "";
    return switch (error) {
      case NO_CLIENT -> ": no client has the id or label " + client;
      case NO_CONNECTION -> ": " + client + " is full";
      default -> "";
    };
  }
}
