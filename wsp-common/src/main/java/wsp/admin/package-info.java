/** The admin port: for whoever looks after a daemon, never for callers. */
@NullMarked
package wsp.admin;

import org.jspecify.annotations.NullMarked;
