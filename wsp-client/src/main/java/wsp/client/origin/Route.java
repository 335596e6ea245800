package wsp.client.origin;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port that a connection to an origin can be used for.
 *
 * @param secure over TLS
 * @param host as in the destination
 * @param port 1 to 65535
 * @param bond of the one caller's connection that it serves, because it was authenticated for that
 *     (RFC 4559 §6); null: it serves all
 */
public record Route(boolean secure, String host, int port, @Nullable String bond) {
  /** For all callers. */
  public Route(boolean secure, String host, int port) {
    this(secure, host, port, null);
  }

  /** The same for one caller's connection alone. */
  public Route boundTo(String caller) {
    return new Route(secure, host, port, caller);
  }

  // Written out: those that a record has by itself are put together at run time, and asked for with
  // every request.

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Route r
        && port == r.port
        && secure == r.secure
        && host.equals(r.host)
        && Objects.equals(bond, r.bond);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + port;
  }

  /** For a message: {@code host:port}. */
  public String name() {
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }
}
