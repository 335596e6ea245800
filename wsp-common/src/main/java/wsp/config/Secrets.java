package wsp.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import wsp.config.SecretPlace.Form;
import wsp.config.SecretPlace.Source;
import wsp.text.Ascii;

/**
 * Secrets of a configuration, wherever they stand: under a key, in a file of their own, in a
 * variable of the environment. An error names that place, and never shows the secret. Stateless.
 */
public final class Secrets {
  /** A byte order mark, as some editors put it before a text. */
  private static final char MARK = '\ufeff';

  /** Any text there is, and where it was found, for errors. */
  private record Found(String where, String text, Source source, @Nullable Path file) {
    static Found under(String where, String text) {
      return new Found(where, text, Source.CONFIGURATION, null);
    }

    static Found inEnvironment(String variable, String text) {
      return new Found(environment(variable), text, Source.ENVIRONMENT, null);
    }

    SecretPlace place(Form form) {
      return new SecretPlace(where, source, file, form);
    }
  }

  private Secrets() {}

  /**
   * A secret of any form: the environment's {@code WSP_<KEY>}, unless that is empty, or else what
   * is in the file under {@code <key>file}, without the line break at its end, or else what stands
   * under the key itself. Both keys in one configuration are an error.
   */
  public static String text(ConfigFile config, String key) throws ConfigException {
    Found found = find(config, key);
    if (found == null) return "";
    String text = found.text();
    // A URL is secret for the sake of its userinfo.
    if (text.indexOf('@') >= 0)
      config.notes.secrets.add(found.place(text.contains("${") ? Form.VARIABLE : Form.SOUND));
    return text;
  }

  /**
   * A secret as {@link #text}, of a form that a header field carries unchanged (RFC 9110 §5.5): any
   * other could never be presented.
   */
  public static String key(ConfigFile config, String key) throws ConfigException {
    Found found = find(config, key);
    boolean none = found == null || found.text().isEmpty();
    config.effective.note(key, none ? "" : "***");
    if (found == null || none) return "";
    String text = found.text();
    checkSpaced(found);
    Form form = KeyAdvice.form(text);
    // A start tells that one, too: see warning.
    config.notes.secrets.add(found.place(form == Form.VARIABLE ? Form.SOUND : form));
    return text;
  }

  /**
   * Several keys without spaces that are good at the same time: those under the key, and what is in
   * the files under {@code <key>file}; either is one or a list. A variable of the environment, with
   * spaces between its keys, comes before both.
   */
  public static List<String> keys(ConfigFile config, String key, String variable)
      throws ConfigException {
    List<Found> found = listed(config, key);
    String instead = config.environment(variable);
    if (instead != null) {
      found.clear();
      for (String text : instead.strip().split("\\s+", -1))
        found.add(Found.inEnvironment(variable, text));
    }
    for (Found f : found)
      check(
          f.where(),
          f.text(),
          c -> c > ' ' && c <= '~',
          "printable ASCII without spaces is expected");
    return noted(config, found);
  }

  /** The same for those that no variable has, and that may have spaces inside. */
  public static List<String> keys(ConfigFile config, String key) throws ConfigException {
    List<Found> found = listed(config, key);
    for (Found f : found) checkSpaced(f);
    return noted(config, found);
  }

  private static List<Found> listed(ConfigFile config, String key) throws ConfigException {
    List<Found> found = new ArrayList<>();
    for (String text : config.strings(key)) found.add(Found.under(config.where(key), text));
    for (String file : config.strings(key + "file"))
      found.add(inFile(config, key + "file", config.resolve(key + "file", file)));
    return found;
  }

  private static List<String> noted(ConfigFile config, List<Found> found) {
    for (Found f : found) config.notes.secrets.add(f.place(KeyAdvice.form(f.text())));
    return found.stream().map(Found::text).toList();
  }

  private static void checkSpaced(Found found) throws ConfigException {
    String text = found.text();
    boolean blank = text.startsWith(" ") || text.endsWith(" ");
    check(
        found.where(),
        text,
        c -> !blank && c >= ' ' && c <= '~',
        "printable ASCII characters without spaces around them are expected");
  }

  /** A warning where a secret looks like the name of a variable; null for none. */
  public static @Nullable String warning(String key, String secret) {
    if (secret.isEmpty() || KeyAdvice.form(secret) != Form.VARIABLE) return null;
    return key
        + " is taken as it stands, as variables are not replaced in this file: set WSP_"
        + key.toUpperCase(Locale.ROOT)
        + " in the environment, or name a file in "
        + key
        + "file";
  }

  private static @Nullable Found find(ConfigFile config, String key) throws ConfigException {
    String value = config.text(key, "a text");
    String named = config.string(key + "File", "");
    Path file = named.isEmpty() ? null : config.resolve(key + "File", named);
    if (value != null && !value.isEmpty() && file != null) {
      throw new ConfigException(
          config.where(key + "File")
              + ": either this or "
              + Ascii.lower(key)
              + " is expected, not both");
    }
    String variable = "WSP_" + key.toUpperCase(Locale.ROOT);
    String override = config.environment(variable);
    if (override != null) return Found.inEnvironment(variable, override);
    if (file != null) return inFile(config, key + "File", file);
    return value == null ? null : Found.under(config.where(key), value);
  }

  private static String environment(String variable) {
    return "environment: " + variable;
  }

  private static Found inFile(ConfigFile config, String key, Path file) throws ConfigException {
    String where = config.where(key) + ": " + file;
    String text;
    try {
      text = ConfigText.of(config.source(), file);
    } catch (ConfigException e) {
      throw e.at(config.where(key));
    }
    if (text.endsWith("\n")) text = text.substring(0, text.length() - 1);
    if (text.endsWith("\r")) text = text.substring(0, text.length() - 1);
    // Naming a file says that there is a secret; an empty one would open the door.
    if (text.isEmpty()) throw new ConfigException(where + ": a secret is expected, not nothing");
    return new Found(where, text, Source.FILE, file);
  }

  private static void check(String where, String text, IntPredicate may, String expected)
      throws ConfigException {
    if (!text.isEmpty() && text.chars().allMatch(may)) return;
    throw new ConfigException(where + ": " + expected + found(text));
  }

  /** Names a usual fault that cannot be seen in an editor. */
  private static String found(String text) {
    if (text.isEmpty()) return "";
    if (text.charAt(0) == MARK) return ", not a byte order mark (U+FEFF) before them";
    int end = text.indexOf('\n');
    if (end < 0) end = text.indexOf('\r');
    if (end < 0) return "";
    return text.substring(end).isBlank() ? ", not a line break at the end" : ", not a second line";
  }
}
