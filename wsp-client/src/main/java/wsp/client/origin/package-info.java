/**
 * The boundary between serving a request and performing it at its origin: an engine, one exchange
 * of it, where the response goes, and all ways in which that can fail; and the rules that hold for
 * every engine, such as which addresses may be connected to.
 */
@NullMarked
package wsp.client.origin;

import org.jspecify.annotations.NullMarked;
