package wsp.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import wsp.config.ConfigException;

/** A daemon's configuration, looked at without binding or dialling anything. */
public interface Inspection {
  /**
   * A configuration that a start could use.
   *
   * @param effective as it is printed at a start, secrets masked
   * @param warnings what a start would warn of
   */
  record Checked(Map<String, Object> effective, List<String> warnings) {}

  /** Reads all that a start reads, and fails as a start would: the file, keys, certificates. */
  Checked check(Path config) throws ConfigException;

  /**
   * Explains what would happen to a request.
   *
   * @throws ConfigException as a start would
   * @throws UnknownCallerException if there is no caller of that name
   */
  Explanation explain(Question question) throws ConfigException, UnknownCallerException;

  /** True if callers may be named in questions; false if names may be looked up. */
  boolean knowsCallers();
}
