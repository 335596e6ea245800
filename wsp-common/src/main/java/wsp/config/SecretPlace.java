package wsp.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration has a secret from, and what can be said of it without showing it.
 *
 * @param where {@code <configuration file>: <key>}, the same and a file, or {@code environment:
 *     <variable>}
 * @param source which of the three it is
 * @param file a file of its own, or null
 * @param form what it looks like
 */
public record SecretPlace(String where, Source source, @Nullable Path file, Form form) {
  public enum Source {
    CONFIGURATION,
    FILE,
    ENVIRONMENT
  }

  /** The fault of a secret, if it has one. */
  public enum Form {
    /** Nothing can be said against it. */
    SOUND,
    /** A key that may be guessed. */
    SHORT,
    /** Variables are not replaced, so that this is no secret at all. */
    VARIABLE
  }
}
