package wsp.admin;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import wsp.observe.ObserveSettings.AdminAddress;

/**
 * A small HTTP server of its own, apart from the port of callers and clients, on the JDK's {@link
 * HttpServer}. Handlers run on a few threads of its own and may block.
 */
public final class AdminPort implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int QUEUED = 64;
  private static final int BACKLOG = 64;
  private static final int KEEP_ALIVE_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Binds the port; {@link #start} begins to answer.
   *
   * @throws IOException naming address and port, if they cannot be had
   */
  public AdminPort(AdminAddress address) throws IOException {
    try {
      InetAddress host = InetAddress.getByName(address.host());
      server = HttpServer.create(new InetSocketAddress(host, address.port()), BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on "
              + address.host()
              + ":"
              + address.port()
              + " for the admin port: "
              + e.getMessage(),
          e);
    }
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUED),
            AdminPort::thread);
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
    server.setExecutor(threads);
  }

  private static Thread thread(Runnable r) {
    Thread t = new Thread(r, "wsp-admin");
    t.setDaemon(true);
    return t;
  }

  /** What answers for a path and all below it; before the start. */
  public void handle(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** Begins to answer. */
  public void start() {
    server.start();
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Ends all that is going on there. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
