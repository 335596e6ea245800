/** Says what a daemon would do with a request, without doing it. */
@NullMarked
package wsp.explain;

import org.jspecify.annotations.NullMarked;
