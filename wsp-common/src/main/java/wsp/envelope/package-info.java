/** Messages between a server and a client daemon, apart from the bytes of the bodies. */
@NullMarked
package wsp.envelope;

import org.jspecify.annotations.NullMarked;
