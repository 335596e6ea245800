/**
 * Version 2 of the wire, as the client speaks it: the WebSocket under a {@link wsp.tunnel.v2.Link},
 * and the exchanges that its server opens.
 */
@NullMarked
package wsp.client.tunnel.v2;

import org.jspecify.annotations.NullMarked;
