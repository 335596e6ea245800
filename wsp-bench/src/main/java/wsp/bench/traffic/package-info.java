/** The traffic of a run: an origin, a load, registered connections; none of it is counted. */
@NullMarked
package wsp.bench.traffic;

import org.jspecify.annotations.NullMarked;
