/**
 * Log lines of both daemons: made, masked, queued, written, rotated; the only package that knows
 * Logback.
 */
@NullMarked
package wsp.log;

import org.jspecify.annotations.NullMarked;
