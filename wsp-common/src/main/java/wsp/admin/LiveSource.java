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

  /**
   * One pool: on the server that of a client, on the client that of a target.
   *
   * @param name the client's id, or the target
   * @param connecting connections that are being opened; 0 where the other side opens them
   * @param idle connections that wait for a request
   * @param busy connections that have one
   * @param note labels, or why there is no connection; may hold anything that came from outside
   */
  public record PoolRow(String name, int connecting, int idle, int busy, String note) {}

  /**
   * Registrations of one address that were refused for one reason.
   *
   * @param from the address, without its port
   * @param why may hold anything that came from outside
   * @param lastMillis when the last one came, in milliseconds since 1970
   */
  public record RefusedRow(String from, String why, long count, long lastMillis) {}

  /** A failure in words for a person: what happened, in a few words and in full; what to do. */
  public record FailureText(String title, String side, String what, String advice) {}

  /** That of the jar that a class is in. */
  public static String versionOf(Class<?> of) {
    @Nullable String version = of.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
