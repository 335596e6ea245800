package wsp.server;

import java.net.UnknownHostException;
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
import wsp.address.SystemNames;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.HeapShare;
import wsp.config.Secrets;
import wsp.daemon.DaemonConfig;
import wsp.envelope.FieldSyntax;
import wsp.observe.ObserveSettings;
import wsp.process.Descriptors;
import wsp.rules.AccessRules;
import wsp.server.forward.Forwarding;
import wsp.server.forward.Terms;
import wsp.server.keys.CallerKeys;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.KeyLists;
import wsp.server.listener.ListenerLimits;
import wsp.server.pool.Balance;
import wsp.text.Ascii;
import wsp.tls.PemFile;
import wsp.tls.TlsSettings;

/**
 * The configuration of the server; {@code config/wsp_server.cfg} explains every key.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param timeout how long a request waits for an idle connection
 * @param idleTimeout how long a connection beyond a pool's idle size may stay idle
 * @param rules which destinations may be requested
 * @param secretKey what clients must know; empty: nothing
 * @param secretKeyFile where the file has it from, or empty
 * @param clients who may register, by the secret or by keys of their own
 * @param callers who may call
 * @param tls certificates for the port; null: it speaks plain HTTP
 * @param forwarding whom it believes, and what it tells, of the way of a request
 * @param logLevel how much is logged
 * @param greetingTimeout how long a connection may take to greet
 * @param deadPeer how long a connection may give no sign of life
 * @param maxEnvelope the longest response envelope, in characters
 * @param envelopeMemory bytes of all response envelopes that are not whole
 * @param maxConnections connections of all clients
 * @param maxClientConnections connections of one client id
 * @param maxWaiting requests that wait for a connection
 * @param grace how long running exchanges may take to finish when the server is told to stop
 * @param notice how long the server is known to be going, but takes requests, before that
 * @param limits what callers may do
 * @param errorCodes how callers are told of errors
 * @param balance which client gets a request
 * @param observe admin port and logs
 */
record ServerConfig(
    String host,
    int port,
    Duration timeout,
    Duration idleTimeout,
    AccessRules rules,
    String secretKey,
    String secretKeyFile,
    ClientKeys clients,
    CallerKeys callers,
    @Nullable TlsSettings tls,
    Forwarding forwarding,
    String logLevel,
    Duration greetingTimeout,
    Duration deadPeer,
    int maxEnvelope,
    long envelopeMemory,
    int maxConnections,
    int maxClientConnections,
    int maxWaiting,
    Duration grace,
    Duration notice,
    ListenerLimits limits,
    ErrorCodes errorCodes,
    Balance balance,
    ObserveSettings observe)
    implements DaemonConfig {

  private static final Duration DAY = Duration.ofDays(1);

  /**
   * The names in {@link #effective} of what a running server goes on without: the ports and the
   * logs stay where and what they are until the next start.
   */
  private static final Set<String> AT_START =
      Set.of("Host", "Port", "Admin", "AccessLog", "LogFormat");

  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
  private static final int MANY = 1_000_000;

  static ServerConfig of(String name, ConfigFile file) throws ConfigException {
    String secret = Secrets.key(file, "secretkey", "");
    List<AddressRange> trusted = AddressRange.list(file, "trustedproxies", List.of());
    ServerConfig config =
        new ServerConfig(
            host(ListenHost.read(file, "host", "127.0.0.1")),
            file.integer("port", 8080, 0, 65535),
            file.duration("timeout", Duration.ofMillis(1000), Duration.ZERO, DAY),
            file.duration(
                "idletimeout",
                Duration.ofMillis(60_000),
                Duration.ofMillis(1),
                DAY.multipliedBy(365)),
            file.rules(),
            secret,
            file.string("secretkeyfile", ""),
            new ClientKeys(secret, KeyLists.clients(file)),
            KeyLists.callers(file),
            tls(file),
            new Forwarding(trusted, file.bool("forwarded", false), via(file)),
            logLevel(name, file.string("loglevel", "info")),
            duration(file, "greetingtimeout", 10),
            duration(file, "deadpeer", 30),
            file.size("maxenvelope", 1 << 20, 1024, 1 << 28),
            HeapShare.bytes(file, "envelopememory", 20),
            file.integer("maxconnections", 20_000, 1, MANY),
            file.integer("maxclientconnections", 10_000, 1, MANY),
            file.integer("maxwaiting", 10_000, 0, MANY),
            file.duration("grace", Duration.ofSeconds(30), Duration.ZERO, DAY),
            file.duration("notice", Duration.ZERO, Duration.ZERO, DAY),
            limits(file, trusted),
            file.choice("errorcodes", ErrorCodes.LEGACY),
            file.choice("balance", Balance.RANDOM),
            ObserveSettings.of(file));
    file.rejectUnknown();
    return config;
  }

  private static String via(ConfigFile file) throws ConfigException {
    String name = file.string("via", "off");
    if (FieldSyntax.isToken(name)) return Ascii.equalsIgnoreCase(name, "off") ? "" : name;
    throw new ConfigException(
        file.where("via") + ": off, or a name of token characters (RFC 9110) is expected");
  }

  /** An empty host is every address, as in the original. */
  private static String host(String given) {
    return given.isEmpty() ? "0.0.0.0" : given;
  }

  private static @Nullable TlsSettings tls(ConfigFile file) throws ConfigException {
    ConfigFile section = file.section("tls");
    if (section == null) return null;
    TlsSettings settings = TlsSettings.ofServer(section, "certfile", "keyfile", "clientca");
    section.rejectUnknown();
    return settings;
  }

  private static String logLevel(String name, String level) throws ConfigException {
    String lower = Ascii.lower(level);
    if (LEVELS.contains(lower)) return lower;
    throw new ConfigException(
        name + ": loglevel: error, warn, info, debug or trace is expected, not " + level);
  }

  private static ListenerLimits limits(ConfigFile file, List<AddressRange> proxies)
      throws ConfigException {
    return new ListenerLimits(
        file.size("maxheader", 64 << 10, 1024, 1 << 24),
        file.integer("maxheaderfields", 100, 10, 100_000),
        duration(file, "headertimeout", 30),
        duration(file, "calleridletimeout", 75),
        duration(file, "stalltimeout", 60),
        crowd(file, proxies));
  }

  private static ListenerLimits.Crowd crowd(ConfigFile file, List<AddressRange> proxies)
      throws ConfigException {
    int callers = file.integer("maxcallers", 20_000, 1, MANY);
    return new ListenerLimits.Crowd(
        callers,
        file.integer("maxcallersperaddress", (callers + 1) / 2, 1, MANY),
        proxies,
        HeapShare.bytes(file, "callermemory", 25));
  }

  private static Duration duration(ConfigFile file, String key, int seconds)
      throws ConfigException {
    return file.duration(key, Duration.ofSeconds(seconds), Duration.ofMillis(100), DAY);
  }

  /** The part of it that is about requests. */
  Terms terms() {
    ObserveSettings.AccessLog log = observe.accessLog();
    boolean combined = log != null && log.format() == ObserveSettings.AccessFormat.COMBINED;
    int perAddress = limits.crowd().perAddress();
    return new Terms(callers, rules, forwarding, errorCodes, perAddress, maxEnvelope, combined);
  }

  /** Warnings for a server that is open beyond this machine. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(observe.warnings());
    String literal = Secrets.warning("secretkey", secretKey);
    if (literal != null) warnings.add(literal);
    if (onLoopback()) return warnings;
    if (clients.open())
      warnings.add(
          "ANYBODY WHO REACHES " + host + " MAY REGISTER AS A CLIENT: set secretkey or clients");
    if (callers.open())
      warnings.add(
          "ANYBODY WHO REACHES " + host + " MAY SEND REQUESTS INTO YOUR NETWORKS: set callers");
    return warnings;
  }

  /** That this process may not have as many connections as are allowed here; or null. */
  @Override
  public @Nullable String descriptorWarning(OptionalLong limit) {
    long connections = (long) maxConnections + limits.crowd().connections();
    return Descriptors.warning(limit, connections, "maxconnections, maxcallers");
  }

  /** True if only this machine reaches the port. */
  boolean onLoopback() {
    try {
      return SystemNames.first(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The names in {@link #effective} of what may change while the server runs. */
  static Set<String> live() throws ConfigException {
    Set<String> names = new HashSet<>(of("", ConfigFile.parse("", "")).effective().keySet());
    names.removeAll(AT_START);
    return names;
  }

  /**
   * For the print at the start: the original's names first, the secret masked, durations in
   * milliseconds.
   */
  @Override
  public Map<String, Object> effective() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("Host", host);
    m.put("Port", port);
    m.put("Timeout", timeout.toMillis());
    m.put("IdleTimeout", idleTimeout.toMillis());
    m.put("Whitelist", rules.whitelist());
    m.put("Blacklist", rules.blacklist());
    m.put("SecretKey", secretKey.isEmpty() ? "" : "***");
    m.put("SecretKeyFile", secretKeyFile);
    m.put("Clients", clients.describe());
    m.put("Callers", callers.describe());
    m.put("Tls", shown(tls));
    m.put("TrustedProxies", forwarding.trusted().stream().map(AddressRange::toString).toList());
    m.put("Forwarded", forwarding.add());
    m.put("Via", forwarding.via().isEmpty() ? "off" : forwarding.via());
    m.put("LogLevel", logLevel);
    m.put("GreetingTimeout", greetingTimeout.toMillis());
    m.put("DeadPeer", deadPeer.toMillis());
    m.put("MaxEnvelope", maxEnvelope);
    m.put("EnvelopeMemory", envelopeMemory);
    m.put("MaxConnections", maxConnections);
    m.put("MaxClientConnections", maxClientConnections);
    m.put("MaxWaiting", maxWaiting);
    m.put("Grace", grace.toMillis());
    m.put("Notice", notice.toMillis());
    m.put("MaxHeader", limits.requestHeadBytes());
    m.put("MaxHeaderFields", limits.requestFields());
    m.put("HeaderTimeout", limits.requestHeadTimeout().toMillis());
    m.put("CallerIdleTimeout", limits.callerIdleTimeout().toMillis());
    m.put("StallTimeout", limits.stallTimeout().toMillis());
    m.put("MaxCallers", limits.crowd().connections());
    m.put("MaxCallersPerAddress", limits.crowd().perAddress());
    m.put("CallerMemory", limits.crowd().memory());
    m.put("ErrorCodes", Ascii.lower(errorCodes.name()));
    m.put("Balance", Ascii.lower(balance.name()));
    m.putAll(observe.effective());
    return m;
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
