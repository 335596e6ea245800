/** The state of an exchange that joins two streams, alike in both daemons. */
@NullMarked
package wsp.relay;

import org.jspecify.annotations.NullMarked;
