package wsp.config;

import java.util.LinkedHashMap;
import java.util.Map;
import wsp.text.Ascii;

/**
 * What the keys of a configuration are, noted as they are read, for the print at the start. Keys
 * have the names that are printed; one in lower case is not. Not for several threads.
 */
public final class Effective {
  final Map<String, Object> values = new LinkedHashMap<>();

  /** Notes a value, in the place of another one; gives it. */
  public <T> T note(String key, T value) {
    if (!key.equals(Ascii.lower(key))) values.put(key, value);
    return value;
  }

  /** All of them, these first. */
  public Map<String, Object> print(String... first) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String key : first) all.put(key, values.get(key));
    all.putAll(values);
    return all;
  }
}
