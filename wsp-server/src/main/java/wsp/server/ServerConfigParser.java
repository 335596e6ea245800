package wsp.server;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import wsp.address.AddressRange;
import wsp.address.ListenHost;
import wsp.address.LocalNames;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.HeapShare;
import wsp.config.LinkKeys;
import wsp.config.RuleLists;
import wsp.config.Secrets;
import wsp.envelope.FieldSyntax;
import wsp.observe.ObserveSettings;
import wsp.server.forward.Entrances;
import wsp.server.forward.Forwarding;
import wsp.server.forward.Terms;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.KeyLists;
import wsp.server.listener.ListenerLimits;
import wsp.server.pool.Balance;
import wsp.server.pool.PoolTerms;
import wsp.text.Ascii;
import wsp.tls.TlsSettings;

/** Reads the keys of {@code wsp_server.cfg}, with their defaults and their limits. */
final class ServerConfigParser {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 1_000_000;

  /** The keys of the original, which are printed first. */
  private static final String[] ORIGINAL = {
    "Host", "Port", "Timeout", "IdleTimeout", "Whitelist", "Blacklist", "SecretKey"
  };

  private ServerConfigParser() {}

  /**
   * Reads all of it.
   *
   * @throws ConfigException naming file, key and what was expected
   */
  static ServerConfig parse(ConfigFile file) throws ConfigException {
    List<AddressRange> trusted = AddressRange.list(file, "TrustedProxies", List.of());
    ObserveSettings observe = ObserveSettings.of(file);
    ServerConfig.Clients clients = clients(file);
    ServerConfig.Pools pools = pools(file, clients.deadPeer());
    ServerConfig.Port port =
        new ServerConfig.Port(
            host(file),
            file.integer("Port", 8080, 0, 65535),
            tls(file),
            limits(file, trusted, pools.terms().maxConnections()));
    Terms requests =
        new Terms(
            KeyLists.callers(file),
            RuleLists.of(file),
            LocalNames.of(port.host(), file),
            Entrances.read(file),
            new Forwarding(trusted, file.bool("Forwarded", false), via(file)),
            file.choice("ErrorCodes", ErrorCodes.LEGACY),
            port.limits().crowd().perAddress(),
            file.integer("MaxExchangesPerCaller", 0, 0, MANY),
            file.size("MaxEnvelope", 1 << 20, 1024, 1 << 28),
            observe.combined());
    ServerConfig.Ending ending =
        new ServerConfig.Ending(
            file.duration("Grace", Duration.ofSeconds(30), Duration.ZERO, DAY),
            file.duration("Notice", Duration.ZERO, Duration.ZERO, DAY));
    String level = Ascii.lower(file.choice("LogLevel", Level.INFO).name());
    file.rejectUnknown();
    return new ServerConfig(
        port, requests, clients, pools, ending, level, observe, file.effective.print(ORIGINAL));
  }

  private static ServerConfig.Clients clients(ConfigFile file) throws ConfigException {
    String secret = Secrets.key(file, "SecretKey");
    return new ServerConfig.Clients(
        secret,
        new ClientKeys(secret, KeyLists.clients(file)),
        file.seconds("GreetingTimeout", 10),
        file.seconds("DeadPeer", 30));
  }

  private static ServerConfig.Pools pools(ConfigFile file, Duration deadPeer)
      throws ConfigException {
    return new ServerConfig.Pools(
        file.duration("Timeout", Duration.ofSeconds(1), Duration.ZERO, DAY),
        file.duration(
            "IdleTimeout", Duration.ofMinutes(1), Duration.ofMillis(1), DAY.multipliedBy(365)),
        new PoolTerms(
            file.integer("MaxConnections", 20_000, 1, MANY),
            file.integer("MaxClientConnections", 10_000, 1, MANY),
            file.integer("MaxWaiting", 10_000, 0, MANY),
            HeapShare.bytes(file, "EnvelopeMemory", "20%"),
            file.choice("Balance", Balance.RANDOM),
            deadPeer),
        LinkKeys.read(file));
  }

  private static String via(ConfigFile file) throws ConfigException {
    String name = file.string("via", "off");
    boolean off = Ascii.equalsIgnoreCase(name, "off");
    file.effective.note("Via", off ? "off" : name);
    if (FieldSyntax.isToken(name)) return off ? "" : name;
    throw new ConfigException(
        file.where("via") + ": off, or a name of token characters (RFC 9110) is expected");
  }

  /** An empty host is every address, as in the original. */
  private static String host(ConfigFile file) throws ConfigException {
    String given = ListenHost.read(file, "Host", "127.0.0.1");
    return file.effective.note("Host", given.isEmpty() ? "0.0.0.0" : given);
  }

  private static @Nullable TlsSettings tls(ConfigFile file) throws ConfigException {
    ConfigFile section = file.section("Tls");
    if (section == null) return null;
    TlsSettings settings = TlsSettings.ofServer(section, "CertFile", "KeyFile", "ClientCa");
    section.rejectUnknown();
    return settings;
  }

  private static ListenerLimits limits(ConfigFile file, List<AddressRange> proxies, int links)
      throws ConfigException {
    return new ListenerLimits(
        file.size("MaxHeader", 64 << 10, 1024, 1 << 24),
        file.integer("MaxHeaderFields", 100, 10, 100_000),
        file.seconds("HeaderTimeout", 30),
        file.seconds("CallerIdleTimeout", 75),
        file.seconds("StallTimeout", 60),
        file.seconds("HalfCloseTimeout", 300),
        crowd(file, proxies, links));
  }

  private static ListenerLimits.Crowd crowd(ConfigFile file, List<AddressRange> proxies, int links)
      throws ConfigException {
    int callers = file.integer("MaxCallers", 20_000, 1, MANY);
    return new ListenerLimits.Crowd(
        callers,
        file.integer("MaxCallersPerAddress", (callers + 1) / 2, 1, MANY),
        links,
        proxies,
        HeapShare.bytes(file, "CallerMemory", "25%"));
  }
}
