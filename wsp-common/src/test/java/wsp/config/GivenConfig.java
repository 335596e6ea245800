package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Configurations of tests, and what is said of those that are none. */
final class GivenConfig {
  private GivenConfig() {}

  static ConfigFile of(String yaml) throws ConfigException {
    return ConfigFile.parse("f.cfg", yaml);
  }

  static void fails(String line, Executable executable) {
    assertEquals(line, assertThrows(ConfigException.class, executable).getMessage());
  }
}
