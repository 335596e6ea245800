package wsp.client;

/**
 * The connections that there are, and counts since the start.
 *
 * @param reconnects how often there was a connection again after there had been none
 * @param lost connections that ended otherwise than by a close in order
 * @param lastFailure why the last attempt to connect failed; empty if it did not
 */
record PoolCounts(
    String target,
    int connecting,
    int idle,
    int busy,
    long dials,
    long failedDials,
    long reconnects,
    long lost,
    String lastFailure) {}
