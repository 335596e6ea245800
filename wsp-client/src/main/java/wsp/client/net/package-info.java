/** The I/O threads, which every connection of the client shares. */
@NullMarked
package wsp.client.net;

import org.jspecify.annotations.NullMarked;
