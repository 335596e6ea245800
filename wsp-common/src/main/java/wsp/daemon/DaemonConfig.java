package wsp.daemon;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import wsp.observe.ObserveSettings;

/** The part of a daemon's configuration that both daemons have. Immutable. */
public interface DaemonConfig {
  /** All of it as it is printed at a start: names of the original first, secrets masked. */
  Map<String, Object> effective();

  List<String> warnings();

  /**
   * A warning if this process may not have as many connections as are allowed here.
   *
   * @param limit descriptors that it may have, if that is known
   * @return null if they suffice
   */
  @Nullable String descriptorWarning(OptionalLong limit);

  /** How much is logged: the name of a level. */
  String logLevel();

  ObserveSettings observe();
}
