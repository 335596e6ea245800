/** How a request travels: admitted, parsed, judged, and exchanged over a leased connection. */
@NullMarked
package wsp.server.forward;

import org.jspecify.annotations.NullMarked;
