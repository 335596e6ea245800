package wsp.server.forward;

/**
 * The ways in that are open beside {@code /request}. Immutable.
 *
 * @param forwardProxy whether a request in absolute form goes to its URL
 */
public record Entrances(boolean forwardProxy) {}
