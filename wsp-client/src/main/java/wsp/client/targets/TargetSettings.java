package wsp.client.targets;

import java.time.Duration;
import java.util.List;
import wsp.client.tunnel.Liveness;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.tls.TlsSettings;

/**
 * The part of a configuration that says where and how to register. Immutable.
 *
 * @param all where to register
 * @param identity what is told there
 * @param resolveInterval between two lookups of a target that has a server at each address
 * @param sizes how many connections to keep to each target
 * @param wire which wire is spoken
 * @param times limits of each connection
 * @param tls for targets that are secure
 * @param proxy the way to targets that leads through a proxy
 */
public record TargetSettings(
    List<Target> all,
    Identity identity,
    Duration resolveInterval,
    PoolSizes sizes,
    WireSettings wire,
    Times times,
    TlsSettings tls,
    ProxySettings proxy) {

  /**
   * Limits of time for a connection.
   *
   * @param dial how long opening it may take
   * @param ping how often it is pinged
   * @param deadPeer how long it may give no sign of life
   * @param stall how long its server may take nothing of an answer
   */
  public record Times(Duration dial, Duration ping, Duration deadPeer, Duration stall) {
    private static Times of(ConfigFile file) throws ConfigException {
      return new Times(
          file.seconds("DialTimeout", 10),
          file.seconds("PingInterval", 30),
          file.seconds("DeadPeer", 30),
          file.seconds("StallTimeout", 60));
    }

    Liveness liveness(Duration tick) {
      return new Liveness(tick, ping, deadPeer, stall);
    }
  }

  boolean several() {
    return all.size() > 1 || all.get(0).everyAddress();
  }

  public static TargetSettings of(ConfigFile file, String defaultId) throws ConfigException {
    List<Target> all = Target.all(file);
    return new TargetSettings(
        all,
        Identity.of(file, defaultId),
        file.duration(
            "ResolveInterval", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofDays(1)),
        PoolSizes.of(file),
        WireSettings.of(file),
        Times.of(file),
        TlsSettings.ofClient(file, "Target"),
        ProxySettings.read(file, all));
  }
}
