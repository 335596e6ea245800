/** The admin port: for the operators of a daemon, never for callers. */
@NullMarked
package wsp.admin;

import org.jspecify.annotations.NullMarked;
