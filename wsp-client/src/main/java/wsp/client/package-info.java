/**
 * The client daemon: its main class, its configuration, and the page that wires its parts together.
 */
@NullMarked
package wsp.client;

import org.jspecify.annotations.NullMarked;
