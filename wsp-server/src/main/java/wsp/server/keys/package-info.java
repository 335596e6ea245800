/** Keys of callers and of clients, compared in constant time, and the rights of each. */
@NullMarked
package wsp.server.keys;

import org.jspecify.annotations.NullMarked;
