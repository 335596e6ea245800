/**
 * Performs a request at its origin and hands the response on as it comes: connections, framing,
 * names. The only place that knows HttpCore.
 */
@NullMarked
package wsp.client.replay;

import org.jspecify.annotations.NullMarked;
