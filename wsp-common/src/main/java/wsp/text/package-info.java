/** Text as protocols have it: ASCII, whatever Unicode makes of the same characters. */
@NullMarked
package wsp.text;

import org.jspecify.annotations.NullMarked;
