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

  /** A warning if so many descriptors do not suffice for what is allowed here; or null. */
  @Nullable String descriptorWarning(OptionalLong limit);

  /** How much is logged: the name of a level. */
  String logLevel();

  ObserveSettings observe();
}
