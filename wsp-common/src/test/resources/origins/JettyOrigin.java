import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;

/**
 * By its mapping of paths, and by the decoded path: as it comes, or as lenient as it can be made.
 */
public class JettyOrigin {
  public static void main(String[] args) throws Exception {
    Server server = new Server();
    HttpConfiguration config = new HttpConfiguration();
    if (args[1].equals("lenient")) config.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(config));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    server.addConnector(connector);
    PathMappingsHandler paths = new PathMappingsHandler();
    paths.addMapping(PathSpec.from("/admin/*"), new Says("<<A>>"));
    paths.addMapping(PathSpec.from("/pub/*"), new Says("<<P>>"));
    paths.addMapping(PathSpec.from("/*"), new Says("<<O>>"));
    server.setHandler(paths);
    server.start();
    System.in.transferTo(System.err);
    System.exit(0);
  }

  private static final class Says extends Handler.Abstract {
    private final String who;

    Says(String who) {
      this.who = who;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = request.getHttpURI().getDecodedPath();
      boolean admin = path != null && (path.equals("/admin") || path.startsWith("/admin/"));
      byte[] body = (admin ? who + "<<A>>" : who).getBytes(StandardCharsets.US_ASCII);
      response.getHeaders().put("Content-Length", body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
