/** The frame of both daemons: how one starts and ends, its admin port, its check. */
@NullMarked
package wsp.daemon;

import org.jspecify.annotations.NullMarked;
