/** What a daemon needs around its work: command line, logging, threads. */
@NullMarked
package wsp.runtime;

import org.jspecify.annotations.NullMarked;
