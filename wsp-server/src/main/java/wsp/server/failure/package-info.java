/** Every way in which the server fails a request, with the words for callers and for operators. */
@NullMarked
package wsp.server.failure;

import org.jspecify.annotations.NullMarked;
