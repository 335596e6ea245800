/** Files that are read on threads that have nothing else to do, and what they contained. */
@NullMarked
package wsp.files;

import org.jspecify.annotations.NullMarked;
