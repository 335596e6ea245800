package wsp.observe;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.address.ListenHost;
import wsp.address.SystemNames;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

/**
 * The settings of admin port and logs, alike in both daemons.
 *
 * @param admin where the admin port is; null: there is none
 * @param accessLog one line an exchange; null: none
 * @param logFormat how the other lines look
 */
public record ObserveSettings(
    @Nullable AdminAddress admin, @Nullable AccessLog accessLog, LogFormat logFormat) {

  /** True if the access log is in the combined format, which has what callers say of themselves. */
  public boolean combined() {
    return accessLog != null && accessLog.format() == AccessFormat.COMBINED;
  }

  /** Where the admin port listens; port 0: any free one. */
  public record AdminAddress(String host, int port) {}

  public enum AccessFormat {
    /** One object a line. */
    JSON,
    /** The combined log format of the Apache server, with what is ours at its end. */
    COMBINED
  }

  /**
   * The access log.
   *
   * @param file where it goes; null: with all other lines
   * @param maxBytes how large a file may become before the next one begins
   * @param keep how many full files are kept
   */
  public record AccessLog(AccessFormat format, @Nullable Path file, int maxBytes, int keep) {}

  public enum LogFormat {
    PLAIN,
    /** One object a line. */
    JSON
  }

  /** Reads {@code admin}, {@code accesslog} and {@code logformat}. */
  public static ObserveSettings of(ConfigFile file) throws ConfigException {
    return new ObserveSettings(
        admin(file.section("Admin")),
        accessLog(file.section("AccessLog")),
        file.choice("LogFormat", LogFormat.PLAIN));
  }

  private static @Nullable AdminAddress admin(@Nullable ConfigFile section) throws ConfigException {
    if (section == null) return null;
    AdminAddress address =
        new AdminAddress(
            ListenHost.read(section, "Host", "127.0.0.1"), section.integer("Port", 9090, 0, 65535));
    section.rejectUnknown();
    return address;
  }

  private static @Nullable AccessLog accessLog(@Nullable ConfigFile section)
      throws ConfigException {
    if (section == null) return null;
    AccessLog log =
        new AccessLog(
            section.choice("Format", AccessFormat.JSON),
            section.path("File"),
            section.size("MaxSize", 100 << 20, 64 << 10, 1 << 30),
            section.integer("Keep", 10, 1, 10_000));
    section.rejectUnknown();
    return log;
  }

  /** Warnings for an admin port that is open beyond this machine. */
  public List<String> warnings() {
    if (admin == null || onLoopback(admin.host())) return List.of();
    return List.of(
        "the admin port is open to whoever reaches "
            + admin.host()
            + ":"
            + admin.port()
            + ": nobody is asked for a key there");
  }

  private static boolean onLoopback(String host) {
    try {
      return SystemNames.first(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // It cannot be bound either.
      return true;
    }
  }
}
