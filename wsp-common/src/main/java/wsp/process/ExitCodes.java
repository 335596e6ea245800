package wsp.process;

/**
 * The exit codes of both daemons, which tell a supervisor whether a restart helps. {@code --help},
 * the README and the systemd units name the same.
 */
public final class ExitCodes {
  /** It stopped when it was told to. */
  public static final int STOPPED = 0;

  /** The configuration, or a port: a person has to change something. */
  public static final int UNUSABLE = 1;

  /** The arguments make no sense. */
  public static final int MISUSED = 2;

  /** It ran out of memory. */
  public static final int OUT_OF_MEMORY = 3;

  /** It could not start or go on for now, which a restart may mend. */
  public static final int PASSING = 4;

  /** A second SIGINT or SIGTERM ended it at once. */
  public static final int KILLED = 130;

  private ExitCodes() {}
}
