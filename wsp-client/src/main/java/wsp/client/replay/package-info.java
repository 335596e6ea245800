/**
 * The client's own engine: connections to origins and the framing on them, over HttpCore's reactor.
 */
@NullMarked
package wsp.client.replay;

import org.jspecify.annotations.NullMarked;
