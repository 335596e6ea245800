/** The command line of both daemons: start, check, explain, completion. */
@NullMarked
package wsp.cli;

import org.jspecify.annotations.NullMarked;
