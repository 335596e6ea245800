package wsp.server.pool;

import java.time.Duration;

/**
 * What the pools may hold, and whom they choose.
 *
 * @param maxConnections connections in all
 * @param maxPerClient connections of one client id
 * @param maxWaiting waiters at a time
 * @param envelopeMemory bytes of envelopes that are not whole and of connections, three quarters at
 *     most; of both, one client has half
 * @param balance which client gets a request
 * @param expected how long a client that leaves is expected back; zero: not at all
 */
public record PoolTerms(
    int maxConnections,
    int maxPerClient,
    int maxWaiting,
    long envelopeMemory,
    Balance balance,
    Duration expected) {}
