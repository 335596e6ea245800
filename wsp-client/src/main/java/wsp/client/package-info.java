/**
 * The client daemon: keeps connections open to its targets and performs the requests that come over
 * them.
 */
@NullMarked
package wsp.client;

import org.jspecify.annotations.NullMarked;
