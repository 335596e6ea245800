package wsp.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressRange;
import wsp.address.ListenHost;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.LinkKeys;
import wsp.config.Secrets;
import wsp.daemon.DaemonConfig;
import wsp.observe.ObserveSettings;
import wsp.process.Descriptors;
import wsp.server.forward.Entrances;
import wsp.server.forward.Terms;
import wsp.server.keys.ClientKeys;
import wsp.server.listener.ListenerLimits;
import wsp.server.pool.PoolTerms;
import wsp.text.Ascii;
import wsp.tls.PemFile;
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
 */
record ServerConfig(
    Port port,
    Terms requests,
    Clients clients,
    Pools pools,
    Ending ending,
    String logLevel,
    ObserveSettings observe)
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
   * @param secretKeyFile where the file has it from, or empty
   * @param keys the secret, or keys of the clients' own
   * @param greetingTimeout how long a connection may take to greet
   * @param deadPeer how long a connection may give no sign of life
   */
  record Clients(
      String secretKey,
      String secretKeyFile,
      ClientKeys keys,
      Duration greetingTimeout,
      Duration deadPeer) {}

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

  /** The names in {@link #effective} of what may change while the server runs. */
  static Set<String> live() throws ConfigException {
    Set<String> names = new HashSet<>(of(ConfigFile.parse("", "")).effective().keySet());
    names.removeAll(AT_START);
    return names;
  }

  /** For the print at the start: the original's names first, durations in milliseconds. */
  @Override
  public Map<String, Object> effective() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("Host", port.host());
    m.put("Port", port.number());
    m.put("Timeout", pools.timeout().toMillis());
    m.put("IdleTimeout", pools.idleTimeout().toMillis());
    m.put("Whitelist", requests.rules().whitelist());
    m.put("Blacklist", requests.rules().blacklist());
    m.put("SecretKey", clients.secretKey().isEmpty() ? "" : "***");
    m.put("SecretKeyFile", clients.secretKeyFile());
    m.put("Clients", clients.keys().describe());
    m.put("Callers", requests.callers().describe());
    show(requests.entrances(), m);
    m.put("Tls", shown(port.tls()));
    m.put(
        "TrustedProxies",
        requests.forwarding().trusted().stream().map(AddressRange::toString).toList());
    m.put("Forwarded", requests.forwarding().add());
    m.put("Via", requests.forwarding().via().isEmpty() ? "off" : requests.forwarding().via());
    m.put("LogLevel", logLevel);
    m.put("GreetingTimeout", clients.greetingTimeout().toMillis());
    m.put("DeadPeer", clients.deadPeer().toMillis());
    m.put("MaxEnvelope", requests.maxEnvelope());
    m.put("EnvelopeMemory", pools.terms().envelopeMemory());
    m.put("MaxConnections", pools.terms().maxConnections());
    m.put("MaxClientConnections", pools.terms().maxPerClient());
    m.put("MaxWaiting", pools.terms().maxWaiting());
    m.put("Grace", ending.grace().toMillis());
    m.put("Notice", ending.notice().toMillis());
    showCallers(m);
    m.put("ErrorCodes", Ascii.lower(requests.errorCodes().name()));
    m.put("Balance", Ascii.lower(pools.terms().balance().name()));
    m.put("Wire", pools.links().wire());
    m.put("MaxBuffered", pools.links().maxBuffered());
    m.putAll(observe.effective());
    return m;
  }

  private static void show(Entrances open, Map<String, Object> m) {
    m.put("ForwardProxy", open.forwardProxy());
    m.put("TunnelPorts", open.tunnelPorts().toString());
    m.put("Upgrades", open.upgrades());
    m.put("Routes", open.routes().describe());
    m.put("WebhookBody", open.webhookBody());
  }

  private void showCallers(Map<String, Object> m) {
    ListenerLimits limits = port.limits();
    m.put("MaxHeader", limits.requestHeadBytes());
    m.put("MaxHeaderFields", limits.requestFields());
    m.put("HeaderTimeout", limits.requestHeadTimeout().toMillis());
    m.put("CallerIdleTimeout", limits.callerIdleTimeout().toMillis());
    m.put("StallTimeout", limits.stallTimeout().toMillis());
    m.put("HalfCloseTimeout", limits.halfCloseTimeout().toMillis());
    m.put("MaxCallers", limits.crowd().connections());
    m.put("MaxCallersPerAddress", limits.crowd().perAddress());
    m.put("MaxExchangesPerCaller", requests.perCaller());
    m.put("CallerMemory", limits.crowd().memory());
  }

  private static Map<String, Object> shown(@Nullable TlsSettings tls) {
    if (tls == null) return Map.of();
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("CertFile", path(tls.chain()));
    m.put("KeyFile", path(tls.key()));
    m.put("ClientCa", path(tls.ca()));
    return m;
  }

  private static String path(@Nullable PemFile file) {
    return file == null ? "" : file.path().toString();
  }
}
