package wsp.config;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wsp.text.Ascii;

/**
 * The ports to which tunnels may lead, as {@code tunnelports} lists them in both daemons.
 * Immutable; safe for all threads.
 */
public final class TunnelPorts {
  public static final String KEY = "tunnelports";
  public static final TunnelPorts NONE = new TunnelPorts(new BitSet(), "none");

  private static final String EXPECTED =
      "all, none, or a list of ports and ranges such as [22, 8000-8100]";
  private static final Pattern RANGE = Pattern.compile("([1-9]\\d{0,4})(?:-([1-9]\\d{0,4}))?");
  private static final int MAX_PORT = 65_535;

  private final BitSet ports;
  private final String text;

  private TunnelPorts(BitSet ports, String text) {
    this.ports = ports;
    this.text = text;
  }

  /** Reads the key; without it there are none. */
  public static TunnelPorts read(ConfigFile file) throws ConfigException {
    TunnelPorts ports = listed(file);
    file.effective.note("TunnelPorts", ports.text);
    return ports;
  }

  private static TunnelPorts listed(ConfigFile file) throws ConfigException {
    List<String> items = file.strings(KEY);
    BitSet ports = new BitSet();
    if (items.isEmpty() || isWord(items, "none")) return NONE;
    if (isWord(items, "all")) {
      ports.set(1, MAX_PORT + 1);
      return new TunnelPorts(ports, "all");
    }
    for (String item : items) {
      Matcher range = RANGE.matcher(Ascii.trim(item));
      if (!range.matches()) throw file.unexpected(KEY, EXPECTED);
      int first = number(range.group(1));
      int last = range.group(2) == null ? first : number(range.group(2));
      if (last < first || last > MAX_PORT) throw file.unexpected(KEY, EXPECTED);
      ports.set(first, last + 1);
    }
    return new TunnelPorts(ports, String.join(", ", items));
  }

  private static int number(String digits) {
    return (int) Ascii.number(digits, 5);
  }

  private static boolean isWord(List<String> items, String word) {
    return items.size() == 1 && Ascii.equalsIgnoreCase(items.get(0), word);
  }

  public boolean has(int port) {
    return ports.get(port);
  }

  public boolean isEmpty() {
    return ports.isEmpty();
  }

  /** Why a tunnel may not lead to a port, by the ports of that daemon, as {@code wsp-server}. */
  public String denial(int port, String daemon) {
    return isEmpty()
        ? "there are no tunnels, as tunnelports is not set in the configuration of " + daemon
        : "tunnelports in the configuration of " + daemon + " does not list port " + port;
  }

  @Override
  public String toString() {
    return text;
  }
}
