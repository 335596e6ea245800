/**
 * Serves the requests that come by links: each is judged, performed at its origin, and answered.
 */
@NullMarked
package wsp.client.serve;

import org.jspecify.annotations.NullMarked;
