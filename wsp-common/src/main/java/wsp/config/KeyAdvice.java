package wsp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.config.SecretPlace.Form;

/** Warnings about the secrets of a configuration, which show none of them. Stateless. */
public final class KeyAdvice {
  static final int LENGTH = 16;

  /** As shells, systemd, templates and Windows write them. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$\\{.*|\\$\\(.*\\)|\\$[A-Z_][A-Z0-9_]*|\\{\\{.*\\}\\}|%[A-Z_][A-Z0-9_]*%",
          Pattern.DOTALL);

  private KeyAdvice() {}

  /** A line for each place that has a bad key; each place once. */
  public static List<String> of(List<SecretPlace> secrets) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (SecretPlace secret : secrets) {
      String problem = problem(secret.form());
      if (problem != null)
        lines.putIfAbsent(secret.where() + secret.form(), secret.where() + ": " + problem);
    }
    return new ArrayList<>(lines.values());
  }

  private static @Nullable String problem(Form form) {
    return switch (form) {
      case SOUND -> null;
      case SHORT ->
          "a key of fewer than "
              + LENGTH
              + " characters can be guessed: take a long random one, as openssl rand -hex 32"
              + " makes it";
      case VARIABLE ->
          "the key is taken as it stands, as variables are not replaced in it: write the key"
              + " itself, into a file of its own or a variable of the environment that the"
              + " comments in the shipped configuration name";
    };
  }

  static Form form(String key) {
    if (VARIABLE.matcher(key).matches()) return Form.VARIABLE;
    return key.length() < LENGTH ? Form.SHORT : Form.SOUND;
  }
}
