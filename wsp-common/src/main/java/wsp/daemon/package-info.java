/** What both daemons are made around: how one starts and ends, its admin port, its check. */
@NullMarked
package wsp.daemon;

import org.jspecify.annotations.NullMarked;
