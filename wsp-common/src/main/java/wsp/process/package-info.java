/** A daemon as a process: signals, exit codes, memory, descriptors, work that is due. */
@NullMarked
package wsp.process;

import org.jspecify.annotations.NullMarked;
