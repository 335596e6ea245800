package wsp.origins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.testing.Ports;

/**
 * Starts origins, each in a directory and on a port of its own, where they are installed. A proxy
 * has another of them behind it, and hands on what it has made of a path.
 */
enum Origins {
  NGINX("nginx.conf", "MERGE", "on"),
  NGINX_UNMERGED("nginx.conf", "MERGE", "off"),
  HTTPD("httpd.conf", "MERGE", "On", "SLASHES", "Off"),
  HTTPD_LENIENT("httpd.conf", "MERGE", "Off", "SLASHES", "On"),
  HTTPD_NO_DECODE("httpd.conf", "MERGE", "On", "SLASHES", "NoDecode"),
  JDK("Jdk.java"),
  NODE("node.js"),
  WSGI("wsgi.py"),
  GO("origin.go"),
  TOMCAT("TomcatOrigin.java", "org.apache.catalina.startup.Tomcat", "strict"),
  TOMCAT_LENIENT("TomcatOrigin.java", "org.apache.catalina.startup.Tomcat", "lenient"),
  JETTY("JettyOrigin.java", "org.eclipse.jetty.server.Server", "strict"),
  JETTY_LENIENT("JettyOrigin.java", "org.eclipse.jetty.server.Server", "lenient"),
  NGINX_BEFORE_NODE(NODE, "nginx-proxy.conf", "MERGE", "on"),
  NGINX_UNMERGED_BEFORE_NODE(NODE, "nginx-proxy.conf", "MERGE", "off"),
  HTTPD_BEFORE_NODE(NODE, "httpd-proxy.conf", "MERGE", "Off", "SLASHES", "On"),
  NGINX_BEFORE_WSGI(WSGI, "nginx-proxy.conf", "MERGE", "on"),
  NGINX_BEFORE_TOMCAT(TOMCAT_LENIENT, "nginx-proxy.conf", "MERGE", "on"),
  NGINX_UNMERGED_BEFORE_TOMCAT(TOMCAT_LENIENT, "nginx-proxy.conf", "MERGE", "off");

  private static final Path FILES = Path.of("src/test/resources/origins").toAbsolutePath();
  private static final List<String> BINARIES =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin");

  private final @Nullable Origins behind;
  private final String file;
  private final List<String> arguments;

  Origins(String file, String... arguments) {
    this(null, file, arguments);
  }

  Origins(@Nullable Origins behind, String file, String... arguments) {
    this.behind = behind;
    this.file = file;
    this.arguments = List.of(arguments);
  }

  /** Skips the test, with a reason, if it is not installed. */
  Origin start(Path dir) throws IOException {
    assumeTrue(behind == null || OriginsTest.isLong(), "chains are asked under the profile fuzz");
    List<Process> processes = new ArrayList<>();
    return new Origin(name(), processes, start(dir, processes));
  }

  /** The port on which it listens. */
  private int start(Path dir, List<Process> processes) throws IOException {
    int portBehind = behind == null ? 0 : behind.start(dir, processes);
    int port = Ports.free();
    ProcessBuilder builder =
        new ProcessBuilder(command(dir, port, portBehind))
            .directory(dir.toFile())
            .redirectErrorStream(true);
    // The end of its input is the end of most of them, however this process ends.
    processes.add(builder.redirectOutput(dir.resolve(name() + ".log").toFile()).start());
    return port;
  }

  private List<String> command(Path dir, int port, int portBehind) throws IOException {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "js" -> List.of(installed("node"), path(), "" + port);
      case "py" -> List.of(installed("python3"), path(), "" + port);
      case "go" -> List.of(compiled(dir), "" + port);
      case "java" -> java(dir, port);
      default -> {
        String config = configured(dir, port, portBehind);
        yield file.startsWith("nginx")
            ? List.of(installed("nginx"), "-c", config)
            : List.of(installed("apache2"), "-X", "-f", config);
      }
    };
  }

  private List<String> java(Path dir, int port) {
    if (!arguments.isEmpty())
      assumeTrue(isHere(arguments.get(0)), file + " is asked under the profile fuzz");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(path(), "" + port));
    if (!arguments.isEmpty()) command.addAll(List.of(arguments.get(1), dir.toString()));
    return command;
  }

  private static boolean isHere(String type) {
    try {
      Class.forName(type, false, Origins.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private String path() {
    return FILES.resolve(file).toString();
  }

  private static String installed(String binary) {
    List<String> places = new ArrayList<>(BINARIES);
    places.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
    for (String place : places)
      if (Files.isExecutable(Path.of(place, binary))) return Path.of(place, binary).toString();
    assumeTrue(false, binary + " is not installed");
    return "";
  }

  /** It takes its time, and so is asked where there is much to ask. */
  private String compiled(Path dir) throws IOException {
    assumeTrue(OriginsTest.isLong(), file + " is asked under the profile fuzz");
    String binary = dir.resolve("origin").toString();
    Process compiler =
        new ProcessBuilder(installed("go"), "build", "-o", binary, path())
            .inheritIO()
            .directory(dir.toFile())
            .start();
    assumeTrue(compiler.onExit().join().exitValue() == 0, file + " does not compile here");
    return binary;
  }

  private String configured(Path dir, int port, int portBehind) throws IOException {
    String text = Files.readString(FILES.resolve(file));
    Files.createDirectories(dir.resolve("admin"));
    Files.writeString(dir.resolve("admin").resolve("x"), "x");
    Map<String, Object> all =
        Map.of(
            "DIR", dir, "PORT", port, "BEHIND", portBehind, "MODULES", "/usr/lib/apache2/modules");
    for (Map.Entry<String, Object> e : all.entrySet())
      text = text.replace("@" + e.getKey() + "@", e.getValue().toString());
    for (int i = 0; i < arguments.size(); i += 2)
      text = text.replace("@" + arguments.get(i) + "@", arguments.get(i + 1));
    return Files.writeString(dir.resolve(file), text).toString();
  }
}
