/**
 * Version 2 of the wire, as the server speaks it: the WebSocket under a {@link wsp.tunnel.v2.Link},
 * and what is judged of an answer before it goes on.
 */
@NullMarked
package wsp.server.tunnel.v2;

import org.jspecify.annotations.NullMarked;
