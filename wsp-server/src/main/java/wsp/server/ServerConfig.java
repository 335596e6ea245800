package wsp.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.rules.AccessRules;
import wsp.server.listener.ListenerLimits;

/**
 * What the server is told; {@code config/wsp_server.cfg} explains every key.
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
 * @param logLevel how much is logged
 * @param greetingTimeout how long a connection may take to greet
 * @param deadPeer how long a connection may give no sign of life
 * @param maxEnvelope the longest response envelope, in characters
 * @param maxConnections connections of all clients
 * @param maxClientConnections connections of one client id
 * @param maxWaiting requests that wait for a connection
 * @param grace how long running exchanges may take to finish when the server is told to stop
 * @param limits what callers may do
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
    String logLevel,
    Duration greetingTimeout,
    Duration deadPeer,
    int maxEnvelope,
    int maxConnections,
    int maxClientConnections,
    int maxWaiting,
    Duration grace,
    ListenerLimits limits) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
  private static final int MANY = 1_000_000;

  /** Reads a file, all of it, or says what is wrong with it. */
  static ServerConfig read(Path path) throws ConfigException {
    return of(path.toString(), ConfigFile.read(path));
  }

  static ServerConfig of(String name, ConfigFile file) throws ConfigException {
    String secret = secretKey(name, file.secret("secretkey", ""));
    ServerConfig config =
        new ServerConfig(
            host(file.string("host", "127.0.0.1")),
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
            logLevel(name, file.string("loglevel", "info")),
            duration(file, "greetingtimeout", 10),
            duration(file, "deadpeer", 30),
            file.size("maxenvelope", 1 << 20, 1024, 1 << 28),
            file.integer("maxconnections", 20_000, 1, MANY),
            file.integer("maxclientconnections", 10_000, 1, MANY),
            file.integer("maxwaiting", 10_000, 0, MANY),
            file.duration("grace", Duration.ofSeconds(30), Duration.ZERO, DAY),
            limits(file));
    file.rejectUnknown();
    return config;
  }

  /** An empty host is every address, as in the original. */
  private static String host(String given) {
    return given.isEmpty() ? "0.0.0.0" : given;
  }

  /** What a header field can carry unchanged; another secret could never be presented. */
  private static String secretKey(String name, String secret) throws ConfigException {
    boolean printable = secret.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (printable && secret.equals(secret.strip())) return secret;
    throw new ConfigException(
        name + ": secretkey: printable ASCII characters without spaces around them are expected");
  }

  private static String logLevel(String name, String level) throws ConfigException {
    String lower = level.toLowerCase(Locale.ROOT);
    if (LEVELS.contains(lower)) return lower;
    throw new ConfigException(
        name + ": loglevel: error, warn, info, debug or trace is expected, not " + level);
  }

  private static ListenerLimits limits(ConfigFile file) throws ConfigException {
    return new ListenerLimits(
        file.size("maxheader", 64 << 10, 1024, 1 << 24),
        file.integer("maxheaderfields", 100, 10, 100_000),
        duration(file, "headertimeout", 30),
        duration(file, "calleridletimeout", 75),
        duration(file, "stalltimeout", 60),
        file.integer("maxcallers", 20_000, 1, MANY));
  }

  private static Duration duration(ConfigFile file, String key, int seconds)
      throws ConfigException {
    return file.duration(key, Duration.ofSeconds(seconds), Duration.ofMillis(100), DAY);
  }

  /** The keys that another configuration changes without an effect before the next start. */
  List<String> needingRestart(ServerConfig next) {
    List<String> keys = new ArrayList<>();
    if (!host.equals(next.host)) keys.add("host");
    if (port != next.port) keys.add("port");
    return keys;
  }

  /**
   * For the print at the start: the original's names first, the secret masked, durations in
   * milliseconds.
   */
  Map<String, Object> effective() {
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
    m.put("LogLevel", logLevel);
    m.put("GreetingTimeout", greetingTimeout.toMillis());
    m.put("DeadPeer", deadPeer.toMillis());
    m.put("MaxEnvelope", maxEnvelope);
    m.put("MaxConnections", maxConnections);
    m.put("MaxClientConnections", maxClientConnections);
    m.put("MaxWaiting", maxWaiting);
    m.put("Grace", grace.toMillis());
    m.put("MaxHeader", limits.requestHeadBytes());
    m.put("MaxHeaderFields", limits.requestFields());
    m.put("HeaderTimeout", limits.requestHeadTimeout().toMillis());
    m.put("CallerIdleTimeout", limits.callerIdleTimeout().toMillis());
    m.put("StallTimeout", limits.stallTimeout().toMillis());
    m.put("MaxCallers", limits.callerConnections());
    return m;
  }
}
