/**
 * Version 1 of the wire, as the server speaks it: which messages make an exchange, and what the end
 * of a link means for it. The client's half is a package of its own in the other daemon: one sends
 * requests and reads responses, the other the reverse, in different flow control, and the two share
 * nothing but the envelopes and {@link wsp.websocket.CloseCodes}.
 */
@NullMarked
package wsp.server.tunnel.v1;

import org.jspecify.annotations.NullMarked;
