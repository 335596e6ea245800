/** The connections of clients: how they register, who leases one, who waits, and which are dead. */
@NullMarked
package wsp.server.pool;

import org.jspecify.annotations.NullMarked;
