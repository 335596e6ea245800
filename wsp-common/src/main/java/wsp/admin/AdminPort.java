package wsp.admin;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import wsp.address.AddressText;
import wsp.address.PortException;
import wsp.address.SystemNames;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.process.Threads;

/**
 * A small HTTP server of its own, apart from the port of callers and clients, on the JDK's {@link
 * HttpServer}. Each request has a thread of its own, so that none waits for another; when there are
 * too many, the next are refused rather than kept waiting.
 *
 * <p>A request here can neither hold a thread for long nor take one away from the daemon: a head or
 * body that does not come is given up by the JDK's server after some seconds, an answer that is not
 * taken by {@link Gate}; only event streams may last.
 */
public final class AdminPort implements AutoCloseable {
  /** One for each connection, for the JDK's server waits for heads on them. */
  private static final int THREADS = 256;

  private static final int BACKLOG = 64;
  private static final int KEEP_ALIVE_SECONDS = 10;

  static {
    // The JDK's server reads these once, when its classes are loaded. Times are seconds. There is a
    // maxRspTime, too, but that would end event streams.
    limit("sun.net.httpserver.maxReqTime", "5");
    limit("sun.net.httpserver.idleInterval", "30");
    limit("sun.net.httpserver.maxIdleConnections", "32");
    limit("sun.net.httpserver.maxReqHeaders", "100");
    limit("sun.net.httpserver.maxReqHeaderSize", "65536");
    limit("sun.net.httpserver.nodelay", "true");
    limit("jdk.httpserver.maxConnections", String.valueOf(THREADS));
    AcceptErrors.install();
  }

  private final HttpServer server;
  private final InetAddress host;
  private final Gate gate;
  private final ExecutorService threads;

  private static void limit(String name, String value) {
    if (System.getProperty(name) == null) System.setProperty(name, value);
  }

  /** Binds the port, which {@link #start} begins to serve; an error names address and port. */
  public AdminPort(AdminAddress address) throws IOException {
    this(address, TimeUnit.SECONDS.toMillis(Gate.ANSWER_SECONDS));
  }

  AdminPort(AdminAddress address, long answerMillis) throws IOException {
    try {
      host = SystemNames.first(address.host());
      server = HttpServer.create(new InetSocketAddress(host, address.port()), BACKLOG);
    } catch (IOException e) {
      throw PortException.of(address.host(), address.port(), " for the admin port", e);
    }
    gate = new Gate(new HostCheck(host.isLoopbackAddress(), address.host()), answerMillis);
    threads =
        new ThreadPoolExecutor(
            0,
            THREADS,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> Threads.daemon("wsp-admin", task));
    server.setExecutor(threads);
    server.createContext("/", gate);
  }

  /**
   * Sets the handler of GET and HEAD for a path, and for nothing below it; before the start. It may
   * block, on the thread that it is called on, but has to answer within {@value
   * Gate#ANSWER_SECONDS} seconds, unless its answer is {@code text/event-stream}: its thread is
   * interrupted then, which cuts the connection. See {@link Answers} for how to answer.
   */
  public void handle(String path, HttpHandler handler) {
    gate.add(path, handler);
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where it is, as {@code 127.0.0.1:9090}. */
  public String shown() {
    return AddressText.withPort(host, port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    gate.close();
  }
}
