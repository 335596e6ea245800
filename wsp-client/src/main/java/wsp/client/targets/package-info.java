/**
 * Registers with servers: finds the servers of each target, dials them, with back-off, directly or
 * through a proxy, and keeps links open to each.
 */
@NullMarked
package wsp.client.targets;

import org.jspecify.annotations.NullMarked;
