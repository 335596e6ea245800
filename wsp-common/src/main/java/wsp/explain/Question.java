package wsp.explain;

import java.nio.file.Path;
import wsp.envelope.Headers;

/**
 * A request to be judged as if a caller had made it.
 *
 * @param config the configuration that has the rules
 * @param url the destination as a caller would write it
 * @param headers the fields of the request, as far as rules look at them
 * @param caller the name of the caller; empty for one without a name
 * @param resolve whether names may be looked up
 */
public record Question(
    Path config, String url, String method, Headers headers, String caller, boolean resolve) {}
