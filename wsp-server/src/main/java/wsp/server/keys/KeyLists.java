package wsp.server.keys;

import java.util.ArrayList;
import java.util.List;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.RuleLists;
import wsp.config.Secrets;
import wsp.envelope.Greeting;
import wsp.envelope.Labels;
import wsp.text.Ascii;

/** The lists of named keys in a configuration file: {@code callers} and {@code clients}. */
public final class KeyLists {
  private final List<String> seen = new ArrayList<>();

  private KeyLists() {}

  public static CallerKeys callers(ConfigFile file) throws ConfigException {
    KeyLists lists = new KeyLists();
    List<CallerKeys.Entry> entries = new ArrayList<>();
    for (ConfigFile section : file.sections("Callers")) {
      String name = name(section);
      CallerKeys.Identity who = new CallerKeys.Identity(name, RuleLists.of(section));
      entries.add(new CallerKeys.Entry(who, lists.keys(section, "CALLER", name)));
      section.rejectUnknown();
    }
    return new CallerKeys(entries);
  }

  public static List<NamedKey> clients(ConfigFile file) throws ConfigException {
    KeyLists lists = new KeyLists();
    List<NamedKey> keys = new ArrayList<>();
    for (ConfigFile section : file.sections("Clients")) {
      String name = name(section);
      ClientScope scope = scope(section);
      for (KeyDigest key : lists.keys(section, "CLIENT", name))
        keys.add(new NamedKey(name, key, scope));
      section.rejectUnknown();
    }
    return keys;
  }

  /** An empty list is none at all; without one, there is no limit. */
  private static ClientScope scope(ConfigFile section) throws ConfigException {
    List<String> ids = section.strings(section.has("ids") ? "Ids" : "ids");
    if (!ids.stream().allMatch(Greeting::isId))
      throw section.unexpected("ids", "printable ASCII without spaces");
    List<String> labels = section.strings(section.has("labels") ? "Labels" : "labels");
    if (!Labels.areLabels(labels)) throw section.unexpected("labels", Labels.EXPECTED);
    return new ClientScope(section.has("ids") ? ids : null, section.has("labels") ? labels : null);
  }

  /** What Basic can carry before its colon, and a log line without escapes. */
  private static String name(ConfigFile section) throws ConfigException {
    String name = section.string("Name", "");
    boolean plain = name.chars().allMatch(c -> c > ' ' && c <= '~' && c != ':');
    if (!name.isEmpty() && plain) return name;
    throw section.unexpected("name", "a name of printable ASCII without spaces and colons");
  }

  /** Where the environment may have the keys of this one, with spaces in between. */
  static String variable(String kind, String name) {
    return "WSP_" + kind + "_" + Ascii.upper(name).replaceAll("[^A-Z0-9]", "_");
  }

  /** One or more, none of them in two entries: a key says who presents it. */
  private List<KeyDigest> keys(ConfigFile section, String kind, String name)
      throws ConfigException {
    List<String> keys = Secrets.keys(section, "key", variable(kind, name));
    if (keys.isEmpty()) throw section.unexpected("key", "one or more keys, or their keyfile");
    for (String key : keys) {
      if (seen.contains(key)) throw section.unexpected("key", "a key that stands nowhere else");
      seen.add(key);
    }
    List<KeyDigest> digests = keys.stream().map(KeyDigest::of).toList();
    section.effective.note("Keys", digests.stream().map(KeyDigest::toString).toList());
    return digests;
  }
}
