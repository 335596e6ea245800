package wsp.client.origin;

import wsp.config.ConfigException;
import wsp.config.ConfigFile;

/**
 * Which engine performs requests at their origins; docs/engines.md has the differences.
 *
 * @param kind which
 * @param http2 whether HTTP/2 is spoken with secure origins that offer it, by an engine that can
 */
public record EngineSettings(Kind kind, boolean http2) {
  /** The engine of a configuration that does not name one. */
  public static final EngineSettings DEFAULT = new EngineSettings(Kind.OWN, true);

  /** The engines, by the names that they have in the configuration. */
  public enum Kind {
    OWN,
    HTTPCLIENT
  }

  public static EngineSettings of(ConfigFile file) throws ConfigException {
    return new EngineSettings(
        file.choice("Engine", DEFAULT.kind), file.bool("OriginHttp2", DEFAULT.http2));
  }
}
