/** Numbers of a daemon, in the words of Prometheus; the only package that knows its library. */
@NullMarked
package wsp.metrics;

import org.jspecify.annotations.NullMarked;
