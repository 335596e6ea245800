package wsp.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.files.FileSource;

/** What a configuration file and its sections have in common. Not for several threads. */
final class FileNotes {
  private final Map<String, String> environment;
  final FileSource source;

  /** Where all secrets come from that were asked for until now. */
  final List<SecretPlace> secrets = new ArrayList<>();

  /**
   * Lists, and parts of rules, that stand without a value, of those that were asked for: {@code
   * routes[0]: methods}.
   */
  final Set<String> blanks = new LinkedHashSet<>();

  private final String file;

  FileNotes(String file, Map<String, String> environment, FileSource source) {
    this.file = file;
    this.environment = environment;
    this.source = source;
  }

  /** A variable of the environment, or null if it is not set or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** One without a value, at a place as {@link ConfigFile#where} tells it. */
  void blank(String where) {
    blanks.add(where.substring(file.length() + 2));
  }
}
