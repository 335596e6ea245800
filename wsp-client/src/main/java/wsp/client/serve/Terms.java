package wsp.client.serve;

import wsp.client.origin.Origins;
import wsp.config.ErrorCodes;
import wsp.config.TunnelPorts;
import wsp.rules.AccessRules;

/**
 * The part of a configuration that judges requests; immutable, and read once for each request, so
 * that one configuration judges it from its beginning to its end: never the rules of one and the
 * addresses of another, where each of the two denies it.
 *
 * @param rules which destinations may be requested
 * @param tunnelPorts where tunnels may lead
 * @param patienceNanos how long a request may wait to be judged
 * @param origins at the addresses that may be connected to
 * @param errorCodes how callers are told of errors
 */
public record Terms(
    AccessRules rules,
    TunnelPorts tunnelPorts,
    long patienceNanos,
    Origins origins,
    ErrorCodes errorCodes) {}
