package wsp.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import wsp.address.AddressGuard;
import wsp.client.net.DescriptorShares;
import wsp.client.origin.EngineSettings;
import wsp.client.origin.OriginLimits;
import wsp.client.targets.Identity;
import wsp.client.targets.TargetSettings;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.Reloader;
import wsp.config.RuleLists;
import wsp.config.Secrets;
import wsp.config.TunnelPorts;
import wsp.daemon.DaemonConfig;
import wsp.observe.ObserveSettings;
import wsp.rules.AccessRules;
import wsp.text.Ascii;
import wsp.tls.TlsSettings;

/**
 * The configuration of the client; {@code config/wsp_client.cfg} explains every key.
 *
 * @param targets where and how to register
 * @param rules which destinations may be requested
 * @param guard which addresses may be connected to
 * @param tunnelPorts where tunnels may lead
 * @param logLevel how much is logged
 * @param origin what origins may take
 * @param engine what performs requests
 * @param originTls for origins that are secure
 * @param grace how long running exchanges may take to finish when the client is told to stop
 * @param errorCodes how callers are told of errors
 * @param observe admin port and logs
 * @param effective what each key is
 */
record ClientConfig(
    TargetSettings targets,
    AccessRules rules,
    AddressGuard guard,
    TunnelPorts tunnelPorts,
    String logLevel,
    OriginLimits origin,
    EngineSettings engine,
    TlsSettings originTls,
    Duration grace,
    ErrorCodes errorCodes,
    ObserveSettings observe,
    Map<String, Object> effective)
    implements DaemonConfig {

  /** The keys of the original, which are printed first. */
  private static final String[] ORIGINAL = {
    "Targets", "PoolIdleSize", "PoolMaxSize", "Whitelist", "Blacklist", "SecretKey", "ID"
  };

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
    return new Reloader<>(path, file -> of(file, id), ClientConfig::effective, LIVE::contains);
  }

  static ClientConfig of(ConfigFile file) throws ConfigException {
    return of(file, UUID.randomUUID().toString());
  }

  /** Reads all of it, with this id for a file that names none; a failure names file and key. */
  private static ClientConfig of(ConfigFile file, String defaultId) throws ConfigException {
    ClientConfig config =
        new ClientConfig(
            TargetSettings.of(file, defaultId),
            RuleLists.of(file),
            AddressGuard.of(file),
            TunnelPorts.read(file),
            Ascii.lower(file.choice("LogLevel", Level.INFO).name()),
            OriginLimits.of(file),
            EngineSettings.of(file),
            TlsSettings.ofClient(file, "Origin"),
            file.duration("Grace", Duration.ofSeconds(30), Duration.ZERO, Duration.ofDays(1)),
            file.choice("ErrorCodes", ErrorCodes.LEGACY),
            ObserveSettings.of(file),
            file.effective.print(ORIGINAL));
    file.rejectUnknown();
    return config;
  }

  Identity identity() {
    return targets.identity();
  }

  /** Warnings for certificates that are not verified, and the like. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(observe.warnings());
    String literal = Secrets.warning("secretkey", identity().secretKey());
    if (literal != null) warnings.add(literal);
    if (originTls.insecure())
      warnings.add("INSECURE: the certificates of origins are not verified (origininsecure)");
    if (targets.tls().insecure())
      warnings.add("INSECURE: the certificates of targets are not verified (targetinsecure)");
    warnings.addAll(Engines.warnings(this));
    return warnings;
  }

  /** That this process may not have as many connections as are allowed here; or null. */
  @Override
  public @Nullable String descriptorWarning(OptionalLong limit) {
    return DescriptorShares.warning(
        limit, targets.all().size(), targets.sizes().max(), targets.wire().maxExchanges());
  }
}
