package wsp.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;
import wsp.address.AddressGuard;
import wsp.client.origin.EngineSettings;
import wsp.client.origin.OriginLimits;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.Secrets;
import wsp.config.TunnelPorts;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Greeting;
import wsp.envelope.Labels;
import wsp.log.Redaction;
import wsp.observe.ObserveSettings;
import wsp.text.Ascii;
import wsp.tls.TlsSettings;

/** Reads the keys of {@code wsp_client.cfg}, with their defaults and their limits. */
final class ClientConfigParser {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 100_000;
  private static final int DEFAULT_IDLE = 10;
  private static final int DEFAULT_MAX = 100;

  private ClientConfigParser() {}

  /**
   * Reads all of it.
   *
   * @param defaultId for a file that names none
   * @throws ConfigException naming file, key and what was expected
   */
  static ClientConfig parse(ConfigFile file, String defaultId) throws ConfigException {
    List<Target> targets = targets(file);
    ClientConfig config =
        new ClientConfig(
            file.string("id", defaultId),
            targets,
            file.duration("resolveinterval", Duration.ofSeconds(10), Duration.ofSeconds(1), DAY),
            sizes(file),
            WireSettings.of(file),
            file.rules(),
            AddressGuard.of(file),
            TunnelPorts.read(file),
            Secrets.key(file, "secretkey", ""),
            file.string("secretkeyfile", ""),
            Ascii.lower(file.choice("loglevel", Level.INFO).name()),
            duration(file, "pinginterval", 30),
            duration(file, "deadpeer", 30),
            duration(file, "stalltimeout", 60),
            duration(file, "dialtimeout", 10),
            file.size("maxenvelope", 1 << 20, 1024, 1 << 28),
            origin(file),
            EngineSettings.of(file),
            TlsSettings.ofClient(file, "origin"),
            TlsSettings.ofClient(file, "target"),
            ProxySettings.read(file, targets),
            file.duration("grace", Duration.ofSeconds(30), Duration.ZERO, DAY),
            file.strings("labels"),
            file.choice("errorcodes", ErrorCodes.LEGACY),
            ObserveSettings.of(file));
    file.rejectUnknown();
    check(file, config);
    return config;
  }

  private static PoolSizes sizes(ConfigFile file) throws ConfigException {
    // A default makes room for what the file says.
    int given = file.integer("poolidlesize", 0, 1, MANY);
    int max = file.integer("poolmaxsize", Math.max(DEFAULT_MAX, given), 1, MANY);
    int idle = given > 0 ? given : Math.min(DEFAULT_IDLE, max);
    PoolSizes sizes =
        new PoolSizes(
            idle,
            file.integer("poolminidlesize", idle, 0, MANY),
            file.integer("poolminsize", idle, 1, MANY),
            max);
    requireRoom(file, "poolidlesize", sizes.idleSize(), sizes.max());
    requireRoom(file, "poolminidlesize", sizes.minIdle(), sizes.max());
    requireRoom(file, "poolminsize", sizes.minOpen(), sizes.max());
    return sizes;
  }

  private static void requireRoom(ConfigFile file, String key, int size, int max)
      throws ConfigException {
    if (size <= max) return;
    throw new ConfigException(
        file.where("poolmaxsize")
            + ": at least "
            + key
            + " ("
            + size
            + ") is expected, not "
            + max);
  }

  private static OriginLimits origin(ConfigFile file) throws ConfigException {
    return new OriginLimits(
        duration(file, "connecttimeout", 10),
        file.duration("responsetimeout", Duration.ZERO, Duration.ZERO, DAY),
        file.duration("keepalive", Duration.ofSeconds(4), Duration.ZERO, DAY),
        file.size("maxheader", 256 << 10, 1024, 1 << 24));
  }

  private static Duration duration(ConfigFile file, String key, int seconds)
      throws ConfigException {
    return file.duration(key, Duration.ofSeconds(seconds), Duration.ofMillis(100), DAY);
  }

  private static List<Target> targets(ConfigFile file) throws ConfigException {
    List<String> texts = file.strings("targets");
    if (texts.isEmpty())
      throw new ConfigException(
          file.where("targets") + ": at least one ws:// or wss:// URL is expected");
    List<Target> targets = new ArrayList<>();
    for (String text : texts) targets.add(target(file, text));
    return List.copyOf(targets);
  }

  private static Target target(ConfigFile file, String text) throws ConfigException {
    try {
      return Target.parse(text);
    } catch (InvalidDestinationException e) {
      throw new ConfigException(
          file.where("targets")
              + ": a URL such as ws://127.0.0.1:8080/register is expected, not '"
              + shown(text)
              + "'");
    }
  }

  /** A text that is no URL may have its secrets anywhere before the last at sign. */
  private static String shown(String text) {
    return Redaction.urls(text.replaceFirst("(?s)^.*@", "***@"));
  }

  private static void check(ConfigFile file, ClientConfig config) throws ConfigException {
    if (!Greeting.isId(config.id())) {
      throw new ConfigException(
          file.where("id")
              + ": 1 to "
              + Greeting.MAX_ID
              + " printable ASCII characters without spaces are expected");
    }
    if (!Labels.areLabels(config.labels()))
      throw new ConfigException(file.where("labels") + ": " + Labels.EXPECTED + " are expected");
  }
}
