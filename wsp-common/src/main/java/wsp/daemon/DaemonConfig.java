package wsp.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import wsp.explain.Inspection.Checked;
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

  /** What {@code check} says: as a start would, and more, of certificates and the daemon's own. */
  default Checked checked(
      OptionalLong descriptors, List<String> certificates, List<String> advice) {
    List<String> warnings = new ArrayList<>(warnings());
    String few = descriptorWarning(descriptors);
    if (few != null) warnings.add(few);
    warnings.addAll(certificates);
    warnings.addAll(advice);
    return new Checked(effective(), warnings);
  }
}
