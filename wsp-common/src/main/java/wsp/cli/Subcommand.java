package wsp.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import wsp.config.ConfigException;

/** One of the things that a daemon's jar does instead of running the daemon. */
interface Subcommand {
  /** Its name, options and help. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @return the exit code
   * @throws ConfigException for a configuration that a start would not take
   */
  int run(ParseResult given) throws ConfigException;
}
