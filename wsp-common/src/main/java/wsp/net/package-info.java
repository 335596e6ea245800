/** What connections of both daemons share. */
@NullMarked
package wsp.net;

import org.jspecify.annotations.NullMarked;
