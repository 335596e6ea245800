/** What every connection of the client shares: the I/O threads, look-ups, file descriptors. */
@NullMarked
package wsp.client.net;

import org.jspecify.annotations.NullMarked;
