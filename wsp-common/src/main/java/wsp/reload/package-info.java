/** Takes up what has changed in the files of a running daemon. */
@NullMarked
package wsp.reload;

import org.jspecify.annotations.NullMarked;
