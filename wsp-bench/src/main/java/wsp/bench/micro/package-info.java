/** JMH benchmarks of the hot code that needs no network. */
@NullMarked
package wsp.bench.micro;

import org.jspecify.annotations.NullMarked;
