package wsp.client.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.ConfiguredUrl;
import wsp.destination.InvalidDestinationException;
import wsp.log.Redaction;
import wsp.text.Ascii;

/**
 * Where to register: one server, or, with {@code dns+} before the URL, every server that has one of
 * the addresses of its host. Immutable.
 *
 * @param url {@code ws:} or {@code wss:}
 * @param everyAddress whether each address of the host is a server of its own
 */
public record Target(ConfiguredUrl url, boolean everyAddress) {
  private static final String EVERY = "dns+";
  private static final Map<String, Integer> PORTS = Map.of("ws", 80, "wss", 443);

  /** Those of a configuration, one at least. */
  static List<Target> all(ConfigFile file) throws ConfigException {
    List<Target> targets = new ArrayList<>();
    for (String text : file.strings("targets")) targets.add(one(file, text));
    file.effective.note(
        "Targets", targets.stream().map(t -> Redaction.urls(t.toString())).toList());
    if (!targets.isEmpty()) return List.copyOf(targets);
    throw new ConfigException(
        file.where("targets") + ": at least one ws:// or wss:// URL is expected");
  }

  private static Target one(ConfigFile file, String text) throws ConfigException {
    try {
      return parse(text);
    } catch (InvalidDestinationException e) {
      // A text that is no URL may have its secrets anywhere before the last at sign.
      String shown = Redaction.urls(text.replaceFirst("(?s)^.*@", "***@"));
      throw new ConfigException(
          file.where("targets")
              + ": a URL such as ws://127.0.0.1:8080/register is expected, not '"
              + shown
              + "'");
    }
  }

  /** Reads a URL such as {@code ws://h/register} or {@code dns+wss://h/register}. */
  private static Target parse(String text) throws InvalidDestinationException {
    boolean every = Ascii.lower(text).startsWith(EVERY);
    ConfiguredUrl url = ConfiguredUrl.parse(every ? text.substring(EVERY.length()) : text, PORTS);
    if (url.userinfo() == null) return new Target(url, every);
    throw new InvalidDestinationException("userinfo is not allowed");
  }

  /** As the configuration has it. */
  @Override
  public String toString() {
    return everyAddress ? EVERY + url : url.toString();
  }
}
