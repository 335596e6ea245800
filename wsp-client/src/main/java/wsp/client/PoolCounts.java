package wsp.client;

/**
 * The connections that there are, and counts since the start.
 *
 * @param idle those that carry nothing
 * @param busy those that carry at least one request
 * @param streams requests that they carry
 * @param wire the version that the latest one speaks; 0 before there was one
 * @param reconnects how often there was a connection again after there had been none
 * @param lost connections that ended otherwise than by a close in order
 * @param lastFailure why the last attempt to connect failed; empty if it did not
 */
record PoolCounts(
    String target,
    int connecting,
    int idle,
    int busy,
    int streams,
    int wire,
    long dials,
    long failedDials,
    long reconnects,
    long lost,
    String lastFailure) {}
