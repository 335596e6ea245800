/** What was measured, as a table, a file and a plot. */
@NullMarked
package wsp.bench.report;

import org.jspecify.annotations.NullMarked;
