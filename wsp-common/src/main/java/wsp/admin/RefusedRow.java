package wsp.admin;

/**
 * Registrations that were refused, as the live page shows them: those of one address for one
 * reason.
 *
 * @param from the address, without its port
 * @param why may hold anything that came from outside
 * @param count how many there were
 * @param lastMillis when the last one came, in milliseconds since 1970
 */
public record RefusedRow(String from, String why, long count, long lastMillis) {}
