package wsp.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The version and build of a program, as the manifest of its jar says. For a class that is in no
 * jar, both are unknown.
 *
 * @param version of the program
 * @param commit of the sources, {@code -dirty} at its end if they were changed since
 * @param date of that commit, so that the same sources make the same jar
 */
record BuildInfo(String version, String commit, String date) {
  private static final String UNKNOWN = "unknown";

  /** That of the jar that a class is in. */
  static BuildInfo of(Class<?> inJar) {
    Attributes main = attributes(jarOf(inJar));
    return new BuildInfo(
        value(main, "Implementation-Version"),
        value(main, "Build-Commit"),
        value(main, "Build-Date"));
  }

  /** The jar that a class is in; null if it is in none. */
  static @Nullable Path jarOf(Class<?> inJar) {
    @Nullable CodeSource source = inJar.getProtectionDomain().getCodeSource();
    if (source == null) return null;
    try {
      Path path = Path.of(source.getLocation().toURI());
      return path.toString().endsWith(".jar") ? path : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Attributes attributes(@Nullable Path jar) {
    if (jar == null) return new Attributes();
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (IOException e) {
      // It was replaced while it runs; what it was is not known then.
      return new Attributes();
    }
  }

  private static String value(Attributes main, String name) {
    @Nullable String value = main.getValue(name);
    return value == null || Ascii.trim(value).isEmpty() || value.startsWith("${") ? UNKNOWN : value;
  }

  /** In one line, with the JVM that runs it. */
  @Override
  public String toString() {
    return "%s, commit %s, built %s, Java %s (%s, %s)"
        .formatted(
            version,
            commit,
            date,
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vendor"));
  }
}
