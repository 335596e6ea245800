import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

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

  private static void answer(HttpExchange e, String who) throws IOException {
    String path = e.getRequestURI().getPath();
    String normal = e.getRequestURI().normalize().getPath();
    String seen = who;
    for (String p :
        new String[] {path, normal, path.trim(), resolved(path.trim()), resolved(path.strip())})
      if (p.equals("/admin") || p.startsWith("/admin/")) seen += "<<A>>";
    byte[] body = seen.getBytes("US-ASCII");
    e.sendResponseHeaders(200, body.length);
    e.getResponseBody().write(body);
    e.close();
  }
}
