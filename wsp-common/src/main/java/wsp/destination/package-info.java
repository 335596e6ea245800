/** The URL that is to be requested, in one canonical form for both daemons. */
@NullMarked
package wsp.destination;

import org.jspecify.annotations.NullMarked;
