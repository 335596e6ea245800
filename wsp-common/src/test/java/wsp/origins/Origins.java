package wsp.origins;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts origins, each in a directory and on a port of its own, where they are installed. */
enum Origins {
  NGINX("nginx", "MERGE", "on"),
  NGINX_UNMERGED("nginx", "MERGE", "off"),
  HTTPD("httpd", "MERGE", "On", "SLASHES", "Off"),
  HTTPD_LENIENT("httpd", "MERGE", "Off", "SLASHES", "On"),
  HTTPD_NO_DECODE("httpd", "MERGE", "On", "SLASHES", "NoDecode"),
  JDK("Jdk.java"),
  NODE("node.js"),
  WSGI("wsgi.py"),
  TOMCAT("TomcatOrigin.java", "org.apache.catalina.startup.Tomcat", "strict"),
  TOMCAT_LENIENT("TomcatOrigin.java", "org.apache.catalina.startup.Tomcat", "lenient"),
  JETTY("JettyOrigin.java", "org.eclipse.jetty.server.Server", "strict"),
  JETTY_LENIENT("JettyOrigin.java", "org.eclipse.jetty.server.Server", "lenient");

  private static final Path FILES = Path.of("src/test/resources/origins").toAbsolutePath();
  private static final List<String> BINARIES =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin");

  private final String what;
  private final List<String> arguments;

  Origins(String what, String... arguments) {
    this.what = what;
    this.arguments = List.of(arguments);
  }

  /** Skips the test, with a reason, if it is not installed. */
  Origin start(Path dir) throws IOException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(command(dir, port)).directory(dir.toFile()).redirectErrorStream(true);
    // The end of its input is the end of most of them, however this process ends.
    Process process = builder.redirectOutput(dir.resolve("log").toFile()).start();
    return new Origin(name(), process, port);
  }

  private List<String> command(Path dir, int port) throws IOException {
    return switch (what) {
      case "nginx" -> List.of(installed("nginx"), "-c", configured(dir, port, "nginx.conf"));
      case "httpd" ->
          List.of(installed("apache2"), "-X", "-f", configured(dir, port, "httpd.conf"));
      case "node.js" -> List.of(installed("node"), file(), "" + port);
      case "wsgi.py" -> List.of(installed("python3"), file(), "" + port);
      default -> java(dir, port);
    };
  }

  private List<String> java(Path dir, int port) {
    if (!arguments.isEmpty())
      assumeTrue(isHere(arguments.get(0)), what + " is asked under the profile fuzz only");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(file(), "" + port));
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

  private String file() {
    return FILES.resolve(what).toString();
  }

  private static String installed(String binary) {
    List<String> places = new ArrayList<>(BINARIES);
    places.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
    for (String place : places)
      if (Files.isExecutable(Path.of(place, binary))) return Path.of(place, binary).toString();
    assumeTrue(false, binary + " is not installed");
    return "";
  }

  private String configured(Path dir, int port, String file) throws IOException {
    String text = Files.readString(FILES.resolve(file));
    Files.createDirectories(dir.resolve("admin"));
    Files.writeString(dir.resolve("admin").resolve("x"), "x");
    Map<String, String> all =
        Map.of("DIR", dir.toString(), "PORT", "" + port, "MODULES", "/usr/lib/apache2/modules");
    for (Map.Entry<String, String> e : all.entrySet())
      text = text.replace("@" + e.getKey() + "@", e.getValue());
    for (int i = 0; i < arguments.size(); i += 2)
      text = text.replace("@" + arguments.get(i) + "@", arguments.get(i + 1));
    return Files.writeString(dir.resolve(file), text).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
