/** The server daemon: callers on one side, the pools of the clients' connections on the other. */
@NullMarked
package wsp.server;

import org.jspecify.annotations.NullMarked;
