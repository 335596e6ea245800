/** Hosts and paths of the port that lead to a destination without any field of the caller's. */
@NullMarked
package wsp.server.routes;

import org.jspecify.annotations.NullMarked;
