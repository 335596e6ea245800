/** What somebody may see of the work of a daemon: exchanges as they begin and end. */
@NullMarked
package wsp.observe;

import org.jspecify.annotations.NullMarked;
