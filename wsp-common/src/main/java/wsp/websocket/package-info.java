/** The parts that both ends of a WebSocket share. */
@NullMarked
package wsp.websocket;

import org.jspecify.annotations.NullMarked;
