package wsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point to is there: files, keys of the configuration, classes. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern KEY = Pattern.compile("(?m)^(?:# )?([a-z]+) :");

  /** A name of at least two words, perhaps with that of a member behind it. */
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.[a-z]\\w*)?`");

  /** Names that are not those of this project's classes. */
  private static final Set<String> OTHERS =
      Set.of(
          "StatusCode",
          "ContentLength",
          "HostnameChecker",
          "InetAddress",
          "LimitNOFILE",
          "FooTest",
          "FooFuzzTest");

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find())
        if (!Files.exists(document.resolveSibling(link.group(1))))
          broken.add(document + " -> " + link.group(1));
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    for (Path document : documents()) {
      String name = ROOT.relativize(document).toString();
      assertTrue(name.equals("README.md") || readme.contains("(" + name + ")"), name);
    }
  }

  @Test
  void theReadmeIsAFrontPage() throws IOException {
    assertTrue(Files.readAllLines(ROOT.resolve("README.md")).size() <= 150);
  }

  @Test
  void everyKeyIsNamedWhereTheConfigurationIsExplained() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/configuration.md"));
    Set<String> missing = new TreeSet<>();
    for (String file : List.of("wsp_server.cfg", "wsp_client.cfg")) {
      Matcher key = KEY.matcher(Files.readString(ROOT.resolve("config").resolve(file)));
      while (key.find()) if (!page.contains("`" + key.group(1) + "`")) missing.add(key.group(1));
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void classesThatAreNamedExist() throws IOException {
    Set<String> known = new HashSet<>(OTHERS);
    for (String module : List.of("wsp-common", "wsp-server", "wsp-client", "wsp-bench"))
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> known.add(name.substring(0, name.length() - 5)));
      }
    Set<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      Matcher named = CLASS.matcher(Files.readString(document));
      while (named.find())
        if (!known.contains(named.group(1)))
          unknown.add(ROOT.relativize(document) + " names " + named.group(1));
    }
    assertEquals(Set.of(), unknown);
  }

  private static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path directory : List.of(ROOT, ROOT.resolve("docs")))
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(all::add);
      }
    return all;
  }
}
