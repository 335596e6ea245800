package wsp.config;

/**
 * The configuration cannot be used. The message is one line: file, key, what was expected, and what
 * was found instead, unless that is a secret.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the whole line: {@code <file>: <key>: <what was expected>, not <value>}. */
  public ConfigException(String line) {
    super(Shown.oneLine(line));
  }
}
