/**
 * One TCP port for callers and WebSockets. Nothing outside this package knows Grizzly or Tyrus.
 *
 * <p>Everything here runs on the transport's selector threads and never blocks: bytes are handed on
 * by the thread that read them, and a hop that cannot take more has the reading of the one before
 * it paused.
 */
@NullMarked
package wsp.server.listener;

import org.jspecify.annotations.NullMarked;
