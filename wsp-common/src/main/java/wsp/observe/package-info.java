/** Exchanges as operators see them, from their begin to their end. */
@NullMarked
package wsp.observe;

import org.jspecify.annotations.NullMarked;
