/** What a daemon would do, said without doing it. */
@NullMarked
package wsp.explain;

import org.jspecify.annotations.NullMarked;
