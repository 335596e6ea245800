import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The server of the JDK: by its contexts, and by the decoded path. */
public class Jdk {
  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
    server.createContext("/admin/", e -> answer(e, "<<A>>"));
    server.createContext("/pub/", e -> answer(e, "<<P>>"));
    server.createContext("/", e -> answer(e, "<<O>>"));
    server.start();
    System.in.transferTo(System.err);
    System.exit(0);
  }

  private static String resolved(String path) {
    // The JDK takes no path with a NUL.
    return path.indexOf(0) >= 0 ? "" : Path.of("/" + path).normalize().toString();
  }

  private static boolean isAdmin(String path) {
    return path.equals("/admin") || path.startsWith("/admin/");
  }

  /** What is made of a path by those who decode it as they do a form. */
  private static String[] ofForm(String raw) {
    try {
      String once = URLDecoder.decode(raw, UTF_8);
      String twice = URLDecoder.decode(once.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), UTF_8);
      String trimmed = Stream.of(once.split("/")).map(String::strip).collect(joining("/"));
      return new String[] {once, once.trim(), resolved(once.strip()), twice, resolved(trimmed)};
    } catch (IllegalArgumentException e) {
      return new String[0]; // It refuses that.
    }
  }

  private static void answer(HttpExchange e, String who) throws IOException {
    String path = e.getRequestURI().getPath();
    String normal = e.getRequestURI().normalize().getPath();
    String seen = who;
    for (String p :
        new String[] {path, normal, path.trim(), resolved(path.trim()), resolved(path.strip())})
      if (isAdmin(p)) seen += "<<A>>";
    for (String p : ofForm(e.getRequestURI().getRawPath())) if (isAdmin(p)) seen += "<<A>>";
    byte[] body = seen.getBytes("US-ASCII");
    e.sendResponseHeaders(200, body.length);
    e.getResponseBody().write(body);
    e.close();
  }
}
