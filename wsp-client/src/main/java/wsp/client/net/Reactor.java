package wsp.client.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import jdk.net.ExtendedSocketOptions;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.Host;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.tls.TlsFiles;

/**
 * The I/O threads: they connect, do TLS and tell when a socket can be read or written. Connections
 * to servers and to origins are spread over all of them. Safe for all threads.
 */
public final class Reactor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);
  private static final long SELECT_MILLIS = 500;

  /**
   * After so many seconds of silence the kernel asks the other end whether it is still there (RFC
   * 9293 §3.8.4): often enough for a firewall on the way not to forget the connection. An end that
   * is gone is told of after two minutes; HttpCore's own 20 seconds are less than a network or a
   * machine that is moved may take, and a tunnel, which may be silent for hours, should outlast
   * that.
   */
  static final int ASK_AFTER_SECONDS = 45;

  static final int ASK_AGAIN_SECONDS = 15;
  static final int ASK_TIMES = 5;

  private final DefaultConnectingIOReactor reactor;
  private volatile boolean closing;

  /** Starts so many threads. */
  public Reactor(int threads) {
    IOReactorConfig config =
        IOReactorConfig.custom()
            .setIoThreadCount(threads)
            .setTcpNoDelay(true)
            .setSoKeepAlive(true)
            .setTcpKeepIdle(ASK_AFTER_SECONDS)
            .setTcpKeepInterval(ASK_AGAIN_SECONDS)
            .setTcpKeepCount(ASK_TIMES)
            .setSelectInterval(TimeValue.ofMilliseconds(SELECT_MILLIS))
            .build();
    reactor =
        new DefaultConnectingIOReactor(
            (session, handler) -> (IOEventHandler) handler,
            config,
            IoThread::new,
            null,
            this::threadFailed,
            null,
            null);
    reactor.start();
  }

  /**
   * Puts a write off to the end of the round of events that the current thread is in. Each write
   * wakes whoever reads at the other end, and several in a row find it awake: at 100 connections
   * that saves a tenth of the work of a small request.
   *
   * @param task runs soon, on this thread, unless its reactor is closed
   * @return false, and it never runs, if this is no I/O thread or enough waits already
   */
  public static boolean atEndOfRound(Runnable task) {
    return IoThread.await(task);
  }

  /** Has the kernel ask whether the other end is there, for a connection that is not ours. */
  public static void keepAlive(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    // A kernel that knows no such limits, or a Java made without them, asks after hours.
    if (!channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) return;
    channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, ASK_AFTER_SECONDS);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, ASK_AGAIN_SECONDS);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, ASK_TIMES);
  }

  /** A thread that is closed under its own work complains. */
  private void threadFailed(Exception e) {
    if (!closing) LOG.error("an I/O thread failed:", e);
  }

  /**
   * Opens a TCP connection, whose events go to the handler; nothing is called back before this
   * returns.
   *
   * @param host for logs and for TLS; the address has been resolved from it
   * @param timeout for the TCP connection alone
   */
  public Future<IOSession> connect(
      String host,
      InetSocketAddress address,
      Duration timeout,
      IOEventHandler handler,
      FutureCallback<IOSession> callback) {
    return reactor.connect(
        new Host(host, address.getPort()),
        address,
        null,
        Timeout.ofMilliseconds(Math.max(1, timeout.toMillis())),
        handler,
        callback);
  }

  /**
   * Puts TLS on a connection, as its client. Its handler is told that it is connected when the
   * handshake is over.
   *
   * @param session of TCP; its events are TLS's from now on
   * @param host whose certificate is expected
   * @return what TLS knows of the connection
   */
  public static TlsLayer startTls(
      IOSession session, TlsFiles tls, String host, int port, Duration handshakeTimeout) {
    TlsLayer layer = new TlsLayer(session, tls, new Host(host, port), handshakeTimeout);
    session.upgrade(layer);
    try {
      layer.connected(session);
    } catch (IOException e) {
      layer.exception(session, e);
    }
    return layer;
  }

  /** Cuts all connections and ends the threads. */
  @Override
  public void close() {
    closing = true;
    reactor.close(CloseMode.IMMEDIATE);
  }
}
