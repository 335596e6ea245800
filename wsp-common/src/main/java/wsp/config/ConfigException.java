package wsp.config;

/**
 * The configuration cannot be used. The message is one line: file, key, what was expected, and what
 * was found instead, unless that is a secret.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean passing;

  /** With the whole line: {@code <file>: <key>: <what was expected>, not <value>}. */
  public ConfigException(String line) {
    this(line, false);
  }

  private ConfigException(String line, boolean passing) {
    super(Shown.oneLine(line));
    this.passing = passing;
  }

  /**
   * As the other, for causes that may pass without any change of the configuration, such as a full
   * disk.
   */
  public static ConfigException passing(String line) {
    return new ConfigException(line, true);
  }

  /** The same with a place before its line. */
  public ConfigException at(String where) {
    return new ConfigException(where + ": " + getMessage(), passing);
  }

  /** True if trying again later may help without any change of the configuration. */
  public boolean passing() {
    return passing;
  }
}
