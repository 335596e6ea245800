package wsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point to is there: files, keys of the configuration, classes. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(#[^)]*)?\\)");
  private static final Pattern KEY = Pattern.compile("(?m)^(?:# )?([a-z]+) :");

  /** A name of at least two words, perhaps with that of a member behind it. */
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.[a-z]\\w*)?`");

  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w*)(?:\\(\\))?`");

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
  void linksIntoAPageLeadToOneOfItsHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (link.group(2) == null) continue;
        Path page = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        if (!anchors(page).contains(link.group(2))) broken.add(document + " -> " + link.group());
      }
    }
    assertEquals(List.of(), broken);
  }

  /** As pages of repositories have them: words in lower case, with hyphens in between. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    for (String line : Files.readAllLines(page))
      if (line.startsWith("#"))
        anchors.add(
            "#"
                + line.replaceFirst("^#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9 _-]", "")
                    .replace(' ', '-'));
    return anchors;
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
    for (Path file : sources()) known.add(name(file));
    Set<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      Matcher named = CLASS.matcher(Files.readString(document));
      while (named.find())
        if (!known.contains(named.group(1)))
          unknown.add(ROOT.relativize(document) + " names " + named.group(1));
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void membersThatAreNamedStandInTheirClasses() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path file : sources()) sources.merge(name(file), Files.readString(file), String::concat);
    Set<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      Matcher named = MEMBER.matcher(Files.readString(document));
      while (named.find()) {
        String source = sources.get(named.group(1));
        if (source != null
            && !Pattern.compile("\\b" + named.group(2) + "\\b").matcher(source).find())
          unknown.add(ROOT.relativize(document) + " names " + named.group());
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void theArchitectureHasEveryPackage() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/architecture.md"));
    Set<String> missing = new TreeSet<>();
    for (Path file : sources()) {
      String path = file.getParent().toString().replace(File.separatorChar, '.');
      int main = path.indexOf(".src.main.java.wsp.");
      if (main < 0) continue;
      String name = path.substring(main + ".src.main.java.wsp.".length());
      if (!page.contains("`" + name + "`") && !name.startsWith("bench.")) missing.add(name);
    }
    assertEquals(Set.of(), missing);
  }

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module : List.of("wsp-common", "wsp-server", "wsp-client", "wsp-bench"))
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    return all;
  }

  private static String name(Path source) {
    return source.getFileName().toString().replace(".java", "");
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
