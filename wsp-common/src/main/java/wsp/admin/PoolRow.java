package wsp.admin;

/**
 * One pool as the live page shows it: on the server that of a client, on the client that of a
 * target.
 *
 * @param name the client's id, or the target
 * @param connecting connections that are being opened; 0 where the other side opens them
 * @param idle connections that wait for a request
 * @param busy connections that have one
 * @param note labels, or why there is no connection; may hold anything that came from outside; or
 *     empty
 */
public record PoolRow(String name, int connecting, int idle, int busy, String note) {}
