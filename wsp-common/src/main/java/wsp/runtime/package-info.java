/** Command line, logging and threads of both daemons. */
@NullMarked
package wsp.runtime;

import org.jspecify.annotations.NullMarked;
