/** TLS from PEM files, for both daemons. */
@NullMarked
package wsp.tls;

import org.jspecify.annotations.NullMarked;
