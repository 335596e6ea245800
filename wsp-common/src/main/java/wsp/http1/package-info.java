/**
 * HTTP/1 messages as bytes, for both roles (RFC 9112): heads and bodies are read and written here.
 */
@NullMarked
package wsp.http1;

import org.jspecify.annotations.NullMarked;
