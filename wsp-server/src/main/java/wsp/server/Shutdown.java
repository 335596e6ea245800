package wsp.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.server.forward.RequestHandler;
import wsp.server.listener.HttpListener;
import wsp.server.pool.ClientPools;
import wsp.server.pool.PooledConnection;

/** How the server ends, in order. For one thread, once. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final RequestHandler requests;
  private final ClientPools pools;
  private final HttpListener listener;

  Shutdown(RequestHandler requests, ClientPools pools, HttpListener listener) {
    this.requests = requests;
    this.pools = pools;
    this.listener = listener;
  }

  /**
   * Ends in order. Blocks until everything running is finished, or the time for it is over.
   *
   * <ol>
   *   <li>{@code /status} says so, and each answer closes its connection; nothing else is different
   *       for the time of the notice: a load balancer finds out before a request has to be refused,
   *       and callers that keep their connections come by a new one.
   *   <li>New requests and registrations are refused with a 503, so that a load balancer goes
   *       elsewhere.
   *   <li>Idle connections are closed: their clients need not wait for us any more.
   *   <li>Running exchanges finish; each one's connection is closed when it is released.
   *   <li>The rest is cut, and the port given up last, so that until then every caller was told
   *       why.
   * </ol>
   */
  boolean drain(ServerConfig.Ending limits) throws InterruptedException {
    giveNotice(limits.notice());
    LOG.info(
        "Stopping: {} exchanges have {} ms to finish",
        pools.counts().exchanges(),
        limits.grace().toMillis());
    long deadline = System.nanoTime() + limits.grace().toNanos();
    requests.drain();
    pools.drain();
    boolean finished = pools.awaitEmpty(limits.grace().toNanos());
    if (!finished) {
      LOG.warn("{} exchanges did not finish in time and are cut", pools.counts().exchanges());
      // They may have been executed: their callers are not told to come again.
      for (PooledConnection c : pools.all()) c.socket().abort();
    }
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    listener.awaitWritten(left, RequestHandler.drainingRefusal());
    return finished;
  }

  private void giveNotice(Duration notice) throws InterruptedException {
    requests.giveNotice();
    listener.lastRequests();
    if (notice.isZero()) return;
    LOG.info("Stopping in {} ms", notice.toMillis());
    // Nothing but the end of the process cuts this short.
    var unused = new CountDownLatch(1).await(notice.toMillis(), TimeUnit.MILLISECONDS);
  }
}
