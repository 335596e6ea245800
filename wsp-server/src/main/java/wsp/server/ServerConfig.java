package wsp.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.address.ListenHost;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.LinkKeys;
import wsp.config.Secrets;
import wsp.daemon.DaemonConfig;
import wsp.observe.ObserveSettings;
import wsp.process.Descriptors;
import wsp.server.forward.Terms;
import wsp.server.keys.ClientKeys;
import wsp.server.listener.ListenerLimits;
import wsp.server.pool.PoolTerms;
import wsp.tls.TlsSettings;

/**
 * The configuration of the server; {@code config/wsp_server.cfg} explains every key.
 *
 * @param port the port that callers and clients reach
 * @param requests who may call for what
 * @param clients who may register
 * @param pools how many connections and waiting requests there may be
 * @param ending how the server stops
 * @param logLevel how much is logged
 * @param observe admin port and logs
 * @param effective what each key is
 */
record ServerConfig(
    Port port,
    Terms requests,
    Clients clients,
    Pools pools,
    Ending ending,
    String logLevel,
    ObserveSettings observe,
    Map<String, Object> effective)
    implements DaemonConfig {

  /**
   * The port that callers and clients reach.
   *
   * @param host the address to listen on
   * @param number 0 for any free one
   * @param tls certificates; null: the port speaks plain HTTP
   * @param limits what callers may do
   */
  record Port(String host, int number, @Nullable TlsSettings tls, ListenerLimits limits) {
    /** True if only this machine reaches the port. */
    boolean onLoopback() {
      return ListenHost.isLoopback(host);
    }
  }

  /**
   * Who may register, and how long a client may be silent.
   *
   * @param secretKey what clients must know; empty: nothing
   * @param keys the secret, or keys of the clients' own
   * @param greetingTimeout how long a connection may take to greet
   * @param deadPeer how long a connection may give no sign of life
   */
  record Clients(String secretKey, ClientKeys keys, Duration greetingTimeout, Duration deadPeer) {}

  /**
   * How many connections and waiting requests there may be.
   *
   * @param timeout how long a request waits for an idle connection
   * @param idleTimeout how long a connection beyond a pool's idle size may stay idle
   * @param terms what the pools may hold
   * @param links which wire is spoken, and what it may keep
   */
  record Pools(Duration timeout, Duration idleTimeout, PoolTerms terms, LinkKeys links) {}

  /**
   * How the server stops.
   *
   * @param grace how long running exchanges may take to finish
   * @param notice how long the server is known to be going, but takes requests, before that
   */
  record Ending(Duration grace, Duration notice) {}

  /**
   * The names in {@link #effective} of what a running server goes on without: the ports and the
   * logs stay where and what they are until the next start.
   */
  private static final Set<String> AT_START =
      Set.of("Host", "Port", "Admin", "AccessLog", "LogFormat");

  static ServerConfig of(ConfigFile file) throws ConfigException {
    return ServerConfigParser.parse(file);
  }

  /** Warnings for a server that is open beyond this machine. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(observe.warnings());
    String literal = Secrets.warning("secretkey", clients.secretKey());
    if (literal != null) warnings.add(literal);
    if (port.onLoopback()) return warnings;
    if (clients.keys().open())
      warnings.add(
          "ANYBODY WHO REACHES "
              + port.host()
              + " MAY REGISTER AS A CLIENT: set secretkey or clients");
    if (requests.callers().open())
      warnings.add(
          "ANYBODY WHO REACHES "
              + port.host()
              + " MAY SEND REQUESTS INTO YOUR NETWORKS: set callers");
    return warnings;
  }

  /** That this process may not have as many connections as are allowed here; or null. */
  @Override
  public @Nullable String descriptorWarning(OptionalLong limit) {
    long connections = (long) pools.terms().maxConnections() + port.limits().crowd().connections();
    return Descriptors.warning(limit, connections, "maxconnections, maxcallers");
  }

  /** True for the name in {@link #effective} of what may change while the server runs. */
  static boolean isLive(String key) {
    return !AT_START.contains(key);
  }
}
