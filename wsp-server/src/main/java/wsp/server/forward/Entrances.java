package wsp.server.forward;

import wsp.server.routes.Routes;

/**
 * The ways in that are open beside {@code /request}. Immutable.
 *
 * @param forwardProxy whether a request in absolute form goes to its URL
 * @param routes hosts and paths that lead to a destination
 */
public record Entrances(boolean forwardProxy, Routes routes) {}
