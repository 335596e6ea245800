/** The project's own figures: micro-benchmarks, an end-to-end load, scaling curves, a report. */
@NullMarked
package wsp.bench;

import org.jspecify.annotations.NullMarked;
