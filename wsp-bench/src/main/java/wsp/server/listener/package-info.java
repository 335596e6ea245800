/** JMH benchmarks of what the server's listener keeps to itself. */
@NullMarked
package wsp.server.listener;

import org.jspecify.annotations.NullMarked;
