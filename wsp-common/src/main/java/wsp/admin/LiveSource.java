package wsp.admin;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A daemon as the live page sees it. The page asks the suppliers once a second by each reader of
 * the page, on threads that may block.
 *
 * @param daemon its name
 * @param version of the program
 * @param unready why it could not serve a request now; null if it could
 * @param pools all of them, in any order
 * @param refused registrations that were refused, the last first; bounded
 * @param explanations by the name of the failure in the daemon's table
 */
public record LiveSource(
    String daemon,
    String version,
    Supplier<@Nullable String> unready,
    Supplier<List<PoolRow>> pools,
    Supplier<List<RefusedRow>> refused,
    Map<String, FailureText> explanations) {

  /** That of the jar that a class is in. */
  public static String versionOf(Class<?> of) {
    @Nullable String version = of.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
