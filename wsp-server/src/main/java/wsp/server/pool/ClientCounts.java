package wsp.server.pool;

import java.util.List;

/**
 * How many connections one client has.
 *
 * @param clientId the name that the client has given itself
 * @param links connections of version 2, idle and busy
 * @param exchanges exchanges on all of them
 * @param labels what else it may be chosen by
 */
public record ClientCounts(
    String clientId, int idle, int busy, int links, int exchanges, List<String> labels) {}
