/** What both versions of the wire have in common at the server: how an answer is judged. */
@NullMarked
package wsp.server.tunnel;

import org.jspecify.annotations.NullMarked;
