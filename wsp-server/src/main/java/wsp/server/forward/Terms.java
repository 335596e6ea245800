package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.address.LocalNames;
import wsp.config.ErrorCodes;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.rules.AccessRules;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Remote;

/**
 * The part of the configuration that is about requests; immutable, so that a request is judged by
 * one configuration from its beginning to its end.
 *
 * @param callers who may call
 * @param rules which destinations may be requested
 * @param names by which this server is asked where a browser may be what asks
 * @param entrances the ways in that are open
 * @param forwarding whom the server believes, and what it tells, of the way of a request
 * @param errorCodes how callers are told of errors
 * @param perAddress requests at a time of one address behind a trusted proxy
 * @param perCaller requests at a time of one caller; 0 for no limit
 * @param maxEnvelope the longest response envelope, in characters
 * @param noteFields whether the access log wants what callers say of themselves
 */
public record Terms(
    CallerKeys callers,
    AccessRules rules,
    LocalNames names,
    Entrances entrances,
    Forwarding forwarding,
    ErrorCodes errorCodes,
    int perAddress,
    int perCaller,
    int maxEnvelope,
    boolean noteFields) {
  private static final FieldNames DIRECTIONS = FieldNames.of(Way.DESTINATION, "X-PROXY-CLIENT");

  /**
   * The fields of a request that go on, and that rules judge: those of the caller's hop are gone,
   * and so is what says where it goes and by which client.
   *
   * @param upgrade of {@link #upgrade}; null for none
   */
  public Headers judged(Headers received, Remote remote, @Nullable String upgrade) {
    return Upgrades.on(forwarding.passedOn(received.without(DIRECTIONS), remote), upgrade);
  }

  /** The protocol that a request with these fields asks for, if it may; null for nearly all. */
  public @Nullable String upgrade(Headers received) {
    return Upgrades.of(received, entrances);
  }

  /** These for a port that is asked by other names. */
  public Terms askedBy(LocalNames others) {
    return new Terms(
        callers,
        rules,
        others,
        entrances,
        forwarding,
        errorCodes,
        perAddress,
        perCaller,
        maxEnvelope,
        noteFields);
  }
}
