package wsp.explain;

import java.nio.file.Path;
import wsp.envelope.Headers;

/**
 * A request that nobody has made, to be judged as if somebody had.
 *
 * @param config whose rules count
 * @param url the destination as a caller would write it
 * @param headers the fields of the request, as far as rules look at them
 * @param caller the name of whoever calls; empty: nobody in particular
 * @param resolve whether names may be looked up
 */
public record Question(
    Path config, String url, String method, Headers headers, String caller, boolean resolve) {}
