package wsp.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.address.AddressRange;
import wsp.client.origin.DescriptorShares;
import wsp.client.origin.EngineSettings;
import wsp.client.origin.OriginLimits;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.Reloader;
import wsp.config.Secrets;
import wsp.config.TunnelPorts;
import wsp.daemon.DaemonConfig;
import wsp.envelope.Greeting;
import wsp.log.Redaction;
import wsp.observe.ObserveSettings;
import wsp.rules.AccessRules;
import wsp.text.Ascii;
import wsp.tls.TlsSettings;

/**
 * The configuration of the client; {@code config/wsp_client.cfg} explains every key.
 *
 * @param id names the pool on the servers
 * @param targets where to register
 * @param resolveInterval between two lookups of a target that has a server at each address
 * @param sizes how many connections to keep to each target
 * @param wire which wire is spoken
 * @param rules which destinations may be requested
 * @param guard which addresses may be connected to
 * @param tunnelPorts where tunnels may lead
 * @param secretKey what the servers want to know
 * @param secretKeyFile where the file has it from, or empty
 * @param logLevel how much is logged
 * @param pingInterval how often each connection is pinged
 * @param deadPeer how long a connection may give no sign of life
 * @param stallTimeout how long a server may take nothing of an answer
 * @param dialTimeout how long opening a connection to a server may take
 * @param maxEnvelope the longest request envelope, in characters
 * @param origin what origins may take
 * @param engine what performs requests
 * @param originTls for origins that are secure
 * @param targetTls for targets that are secure
 * @param proxy the way to targets that leads through a proxy
 * @param grace how long running exchanges may take to finish when the client is told to stop
 * @param labels what callers may choose this client by, beside its id
 * @param errorCodes how callers are told of errors
 * @param observe admin port and logs
 */
record ClientConfig(
    String id,
    List<Target> targets,
    Duration resolveInterval,
    PoolSizes sizes,
    WireSettings wire,
    AccessRules rules,
    AddressGuard guard,
    TunnelPorts tunnelPorts,
    String secretKey,
    String secretKeyFile,
    String logLevel,
    Duration pingInterval,
    Duration deadPeer,
    Duration stallTimeout,
    Duration dialTimeout,
    int maxEnvelope,
    OriginLimits origin,
    EngineSettings engine,
    TlsSettings originTls,
    TlsSettings targetTls,
    ProxySettings proxy,
    Duration grace,
    List<String> labels,
    ErrorCodes errorCodes,
    ObserveSettings observe)
    implements DaemonConfig {

  /** The keys, as they are printed, that may change while the client runs. */
  static final Set<String> LIVE =
      Set.of(
          "Whitelist",
          "Blacklist",
          "SecretKey",
          "SecretKeyFile",
          "AllowAddresses",
          "DenyAddresses",
          "TunnelPorts",
          "LogLevel",
          "ErrorCodes");

  /** Reads a file, all of it, or says what is wrong with it; and again whenever it changes. */
  static Reloader<ClientConfig> reloader(Path path) throws ConfigException {
    String id = UUID.randomUUID().toString();
    return new Reloader<>(
        path, file -> ClientConfigParser.parse(file, id), ClientConfig::effective, LIVE);
  }

  static ClientConfig of(ConfigFile file) throws ConfigException {
    return ClientConfigParser.parse(file, UUID.randomUUID().toString());
  }

  /** Warnings for certificates that are not verified, and the like. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(observe.warnings());
    String literal = Secrets.warning("secretkey", secretKey);
    if (literal != null) warnings.add(literal);
    if (originTls.insecure())
      warnings.add("INSECURE: the certificates of origins are not verified (origininsecure)");
    if (targetTls.insecure())
      warnings.add("INSECURE: the certificates of targets are not verified (targetinsecure)");
    warnings.addAll(Engines.warnings(this));
    return warnings;
  }

  /** That this process may not have as many connections as are allowed here; or null. */
  @Override
  public @Nullable String descriptorWarning(OptionalLong limit) {
    return DescriptorShares.warning(limit, targets.size(), sizes.max(), wire.maxExchanges());
  }

  /**
   * The greeting of every connection.
   *
   * @param idle how many unused ones the server is asked to leave open
   */
  String greeting(int idle) {
    return new Greeting(id, idle).format();
  }

  /**
   * For the print at the start: the original's names first, the secret masked, durations in
   * milliseconds.
   */
  @Override
  public Map<String, Object> effective() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("Targets", targets.stream().map(t -> Redaction.urls(t.toString())).toList());
    m.put("PoolIdleSize", sizes.idleSize());
    m.put("PoolMaxSize", sizes.max());
    m.put("Whitelist", rules.whitelist());
    m.put("Blacklist", rules.blacklist());
    m.put("SecretKey", secretKey.isEmpty() ? "" : "***");
    m.put("ID", id);
    m.put("PoolMinSize", sizes.minOpen());
    m.put("PoolMinIdleSize", sizes.minIdle());
    m.putAll(wire.effective());
    m.put("SecretKeyFile", secretKeyFile);
    m.put("AllowAddresses", texts(guard.allowed()));
    m.put("DenyAddresses", guard.deniedTexts());
    m.put("TunnelPorts", tunnelPorts.toString());
    m.put("ResolveInterval", resolveInterval.toMillis());
    m.put("LogLevel", logLevel);
    m.put("PingInterval", pingInterval.toMillis());
    m.put("DeadPeer", deadPeer.toMillis());
    m.put("StallTimeout", stallTimeout.toMillis());
    m.put("DialTimeout", dialTimeout.toMillis());
    m.put("MaxEnvelope", maxEnvelope);
    m.put("ConnectTimeout", origin.connectTimeout().toMillis());
    m.put("ResponseTimeout", origin.responseTimeout().toMillis());
    m.put("KeepAlive", origin.keepAlive().toMillis());
    m.put("MaxHeader", origin.maxHeader());
    m.putAll(engine.effective());
    m.putAll(originTls.effective("Origin"));
    m.putAll(targetTls.effective("Target"));
    m.put("Proxy", proxy.shown());
    m.put("ProxyFile", proxy.file());
    m.put("Grace", grace.toMillis());
    m.put("Labels", labels);
    m.put("ErrorCodes", Ascii.lower(errorCodes.name()));
    m.putAll(observe.effective());
    return m;
  }

  private static List<String> texts(List<AddressRange> ranges) {
    return ranges.stream().map(AddressRange::toString).toList();
  }
}
