package wsp.admin;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.address.LocalNames;
import wsp.text.Ascii;

/**
 * Whether a request's Host field names this port. A web page whose own name has been made to
 * resolve to 127.0.0.1 (DNS rebinding) could read the admin port through a browser on this machine;
 * but that browser sends the name of the page here. Where the port is reachable from elsewhere
 * anyway, under names that are not known here, any name is good.
 */
final class HostCheck {
  private final boolean any;
  private final Set<String> names;

  /** For a port that only this machine reaches, or not, and what the configuration calls it. */
  HostCheck(boolean loopback, String configured) {
    any = !loopback;
    String own = Ascii.lower(configured);
    names =
        Set.copyOf(
            List.of(
                "localhost", "127.0.0.1", "[::1]", own.indexOf(':') < 0 ? own : "[" + own + "]"));
  }

  /** The port in that field may be any; null without the field, which no browser leaves out. */
  boolean allows(@Nullable String host) {
    return any || host == null || names.contains(LocalNames.named(host));
  }
}
