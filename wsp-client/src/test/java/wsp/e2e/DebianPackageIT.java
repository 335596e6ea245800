package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Debian packages, as dpkg sees them. */
class DebianPackageIT {
  /** What the trial ends with where it cannot be made. */
  private static final int CANNOT = 77;

  @TempDir Path directory;

  private static Path deb(String name) {
    return Path.of("..", "wsp-" + name, "target", "wsp-" + name + ".deb").toAbsolutePath();
  }

  private static String tell(String option, String name) throws Exception {
    assumeTrue(
        Program.find("dpkg-deb").isPresent(), "dpkg-deb is missing: packages are not read back");
    Program p = Program.run("dpkg-deb", option, deb(name).toString());
    assertEquals(0, p.exitCode(), p.output());
    return p.output();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void aPackageSaysWhatItNeeds(String name) throws Exception {
    String info = tell("--info", name);
    for (String line :
        List.of(
            " Package: wsp-" + name + "\n",
            " Architecture: all\n",
            " Depends: default-jre-headless (>= 2:1.17) | java17-runtime-headless, adduser\n"))
      assertTrue(info.contains(line), info);
    assertTrue(info.contains(" Version: ") && !info.contains("[["), info);
    for (String script : List.of("conffiles", "postinst", "prerm", "postrm"))
      assertTrue(info.contains(" " + script + " "), info);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void aPackageHoldsItsFilesWithTheirModes(String name) throws Exception {
    List<String> files = tell("--contents", name).lines().toList();
    for (String file :
        List.of(
            "-rw-r--r-- root/root ./usr/share/wsp/wsp-" + name + ".jar",
            "-rw-r--r-- root/root ./etc/wsp/wsp_" + name + ".cfg",
            "-rwxr-xr-x root/root ./usr/bin/wsp-" + name,
            "-rw-r--r-- root/root ./usr/lib/systemd/system/wsp-" + name + ".service",
            "-rw-r--r-- root/root ./usr/share/man/man8/wsp-" + name + ".8.gz",
            "-rw-r--r-- root/root ./usr/share/bash-completion/completions/wsp-" + name,
            "-rw-r--r-- root/root ./usr/share/zsh/vendor-completions/_wsp-" + name,
            "-rw-r--r-- root/root ./usr/share/doc/wsp-" + name + "/README.md",
            "-rw-r--r-- root/root ./usr/share/doc/wsp-" + name + "/examples/nginx.conf",
            "-rw-r--r-- root/root ./usr/share/doc/wsp-" + name + "/examples/haproxy.cfg",
            "-rw-r--r-- root/root ./usr/share/doc/wsp-" + name + "/examples/haproxy-servers.cfg",
            "-rw-r--r-- root/root ./usr/share/doc/wsp-" + name + "/copyright",
            "-rw-r--r-- root/root ./usr/share/doc/wsp-" + name + "/changelog.gz"))
      assertTrue(files.stream().map(DebianPackageIT::modeOwnerPath).anyMatch(file::equals), file);
    long others = files.stream().filter(f -> f.startsWith("-") && !f.contains("/docs/")).count();
    assertEquals(13, others, "nothing else but more documentation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void lintianHasNothingToSay(String name) throws Exception {
    assumeTrue(Program.find("lintian").isPresent(), "lintian is missing: packages are not judged");
    Program p = Program.run("lintian", "--fail-on", "error,warning", deb(name).toString());
    String said =
        p.output()
            .lines()
            .filter(l -> l.startsWith("E: ") || l.startsWith("W: "))
            .collect(Collectors.joining("\n"));
    assertEquals("", said);
    assertEquals(0, p.exitCode(), p.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void theManualPageHasEveryCommandAndOption(String name) throws Exception {
    String page = Files.readString(Path.of("..", "config", "deb", "daemon.8")).replace("\\-", "-");
    String jar = Path.of("..", "wsp-" + name, "target", "wsp-" + name + ".jar").toString();
    for (String command : List.of("", "check", "explain", "completion", "version")) {
      assertTrue(page.contains(command), command);
      if (command.equals("version")) continue;
      List<String> line = new ArrayList<>(List.of(Daemon.java().toString(), "-jar", jar, "help"));
      if (!command.isEmpty()) line.add(command);
      Program help = Program.run(line.toArray(String[]::new));
      assertEquals(0, help.exitCode(), help.output());
      Matcher option = Pattern.compile("(?<![\\w-])--?[a-z]+").matcher(help.output());
      while (option.find())
        if (!option.group().equals("-jar"))
          assertTrue(page.contains(option.group()), option.group() + " of " + command);
    }
  }

  /** Without size and time. */
  private static String modeOwnerPath(String line) {
    String[] words = line.split(" +");
    return words[0] + " " + words[1] + " " + words[words.length - 1];
  }

  @Test
  void bothInstallRunUpgradeAndGoWithoutATrace() throws Exception {
    for (String program : List.of("dpkg", "unshare"))
      assumeTrue(
          Program.find(program).isPresent(), program + " is missing: packages were not tried");
    Path packages = Files.createDirectory(directory.resolve("packages"));
    for (String name : List.of("server", "client"))
      Files.copy(deb(name), packages.resolve("wsp-" + name + ".deb"));
    Path here = Files.createDirectory(directory.resolve("here"));
    List<String> namespaces =
        List.of("--mount", "--pid", "--net", "--fork", "--propagation", "private");
    Program allowed = unshare(namespaces, "true");
    assumeTrue(allowed.exitCode() == 0, "packages were not tried: " + allowed.output());
    Program trial =
        unshare(
            namespaces,
            "sh",
            Path.of(getClass().getResource("/deb/trial.sh").toURI()).toString(),
            here.toString(),
            packages.toString());
    assumeTrue(trial.exitCode() != CANNOT, "packages: " + trial.output());
    assertEquals(0, trial.exitCode(), trial.output());
    assertEquals(6, trial.output().lines().filter(l -> l.startsWith("ok: ")).count());
  }

  private static Program unshare(List<String> namespaces, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of("unshare"));
    all.addAll(namespaces);
    all.addAll(List.of(command));
    return Program.run(all.toArray(String[]::new));
  }
}
