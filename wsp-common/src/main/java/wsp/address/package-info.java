/** Ranges of IP addresses, and which of them may be connected to. */
@NullMarked
package wsp.address;

import org.jspecify.annotations.NullMarked;
