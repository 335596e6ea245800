/**
 * The seam between an exchange and the wire that carries it: an exchange sees a {@link
 * wsp.tunnel.Stream} and hears by a {@link wsp.tunnel.StreamListener}, and which messages of which
 * link these are is known to the wire's own package alone.
 *
 * <p>A stream belongs to one exchange, a link to as many as its wire allows. What costs more than
 * the stream is the wire's affair: on version 1 a reset costs the link, and pausing a stream pauses
 * the link. A stream may be half closed, and is over when both directions have ended or one side
 * has reset it.
 */
@NullMarked
package wsp.tunnel;

import org.jspecify.annotations.NullMarked;
