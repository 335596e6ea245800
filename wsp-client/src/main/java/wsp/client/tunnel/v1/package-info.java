/**
 * Version 1 of the wire, as the client speaks it: a link greets, and carries one exchange after the
 * other. The server's half is a package of its own in the other daemon; the two share nothing but
 * the envelopes and {@link wsp.websocket.CloseCodes}.
 */
@NullMarked
package wsp.client.tunnel.v1;

import org.jspecify.annotations.NullMarked;
