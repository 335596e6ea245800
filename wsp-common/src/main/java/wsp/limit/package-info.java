/** Bounds for the whole of a thing that many hold a little of: memory, lines of a log. */
@NullMarked
package wsp.limit;

import org.jspecify.annotations.NullMarked;
