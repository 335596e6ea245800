import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** By its mapping of servlets: as it comes, or as lenient as it can be made. */
public class TomcatOrigin {
  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[2]);
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    connector.setProperty("maxKeepAliveRequests", "-1");
    if (args[1].equals("lenient")) {
      connector.setEncodedSolidusHandling("decode");
      connector.setAllowBackslash(true);
      connector.setProperty("encodedReverseSolidusHandling", "decode");
    }
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", new File(args[2]).getAbsolutePath());
    add(context, "<<A>>", "/admin/*");
    add(context, "<<P>>", "/pub/*");
    add(context, "<<O>>", "/");
    tomcat.start();
    System.in.transferTo(System.err);
    System.exit(0);
  }

  private static void add(Context context, String who, String mapping) {
    Tomcat.addServlet(
        context,
        who,
        new HttpServlet() {
          @Override
          protected void service(HttpServletRequest q, HttpServletResponse a) throws IOException {
            a.setContentLength(who.length());
            a.getWriter().write(who);
          }
        });
    context.addServletMappingDecoded(mapping, who);
  }
}
