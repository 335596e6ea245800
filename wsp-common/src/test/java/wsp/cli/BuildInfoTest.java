package wsp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildInfoTest {
  @TempDir Path directory;

  /** That of a class in a jar whose manifest has these names and values. */
  private BuildInfo of(String... entries) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    for (int i = 0; i < entries.length; i += 2)
      manifest.getMainAttributes().putValue(entries[i], entries[i + 1]);
    Path jar = directory.resolve("it.jar");
    String name = BuildInfoTest.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream in = BuildInfoTest.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      return BuildInfo.of(loader.loadClass(BuildInfoTest.class.getName()));
    }
  }

  @Test
  void isWhatTheManifestSays() throws Exception {
    assertEquals(
        new BuildInfo("1.2", "4f1c2a9b", "2026-11-26T22:44:19Z"),
        of(
            "Implementation-Version", "1.2",
            "Build-Commit", "4f1c2a9b",
            "Build-Date", "2026-11-26T22:44:19Z"));
  }

  @Test
  void whatABuildDidNotKnowIsUnknown() throws Exception {
    assertEquals(
        new BuildInfo("1.2", "unknown", "unknown"),
        of("Implementation-Version", "1.2", "Build-Commit", "${wsp.commit}", "Build-Date", " "));
  }
}
