/**
 * The seam between what a client serves and the wire that a request came by: an exchange sees a
 * {@link wsp.client.tunnel.ClientStream}, a pool a {@link wsp.client.tunnel.ClientLink}, and which
 * messages of which version these are is known to the packages below alone.
 */
@NullMarked
package wsp.client.tunnel;

import org.jspecify.annotations.NullMarked;
