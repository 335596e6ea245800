package wsp.client.httpclient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wsp.client.net.DescriptorShares;
import wsp.client.origin.EngineSettings;
import wsp.client.origin.OriginLimits;
import wsp.tunnel.Stream;

/**
 * What {@code HttpClient} is told by system properties, which it reads once: they have to be set
 * before the first of its classes is loaded. Stateless.
 */
public final class JvmSettings {
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /**
   * The first Java that is offered HTTP/2. With 17, an upload may stall, each download that is
   * cancelled keeps a share of its connection's window for good, and GOAWAY fails every request
   * that runs; between them, nothing was tried.
   */
  private static final int HTTP2_FROM = 25;

  /** HttpClient counts so many bytes more for each field, and for the line of the status. */
  private static final int BESIDE_FIELD = 32;

  /** What one response over HTTP/2 may have sent before its caller has taken it; bytes. */
  private static final int STREAM_WINDOW = 256 << 10;

  /** It is one frame at the least (RFC 9113 §4.2). */
  private static final int LEAST_WINDOW = 16 << 10;

  /** Of the heap, so much is for such windows. */
  private static final int WINDOWS_PART = 8;

  /** Of the heap, so much is for connections to secure origins. */
  private static final int CONNECTIONS_PART = 2;

  /** What one takes, mostly in HttpClient, whose buffers for TLS grow and stay. */
  private static final int SECURE_CONNECTION = 150 << 10;

  private JvmSettings() {}

  /** Sets them for the whole process, in which so many exchanges may run at a time. */
  public static void set(OriginLimits limits, int exchanges) {
    int window = streamWindow(Runtime.getRuntime().maxMemory(), exchanges);
    // Host, since the URI of a plain request has the address that was checked.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
    // What may have been executed is not repeated: by default, a GET is.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    System.setProperty("jdk.httpclient.enablepush", "0");
    // The trust manager of TlsFiles verifies names, and says what is wrong.
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    // As many as over HTTP/1.1; eight by default.
    String interim = String.valueOf(Stream.MAX_INTERIM);
    System.setProperty("jdk.httpclient.maxNonFinalResponses", interim);
    // ResponseHeads counts exactly.
    int beside = BESIDE_FIELD * (OriginLimits.MAX_FIELDS + 2);
    System.setProperty("jdk.http.maxHeaderSize", String.valueOf(limits.maxHeader() + beside));
    // With the usual 16 MB, callers that do not read theirs would soon hold up all the others.
    System.setProperty("jdk.httpclient.windowsize", String.valueOf(window));
    int all = window * (StreamLimit.USUAL + 1);
    System.setProperty("jdk.httpclient.connectionWindowSize", String.valueOf(all));
    // A socket that is closed goes when its selector wakes, which no cancelled request makes it do:
    // until then, an origin that writes is not told. A second is the least, three are usual.
    System.setProperty("jdk.internal.httpclient.selectorTimeout", "1000");
    String keepAlive = String.valueOf(seconds(limits.keepAlive()));
    System.setProperty("jdk.httpclient.keepalive.timeout", keepAlive);
    System.setProperty("jdk.httpclient.keepalive.timeout.h2", keepAlive);
    System.setProperty(
        "jdk.httpclient.connectionPoolSize",
        String.valueOf(DescriptorShares.ofProcess(1).idleOrigins()));
    // With one thread in the common pool, CompletableFuture starts one for each task instead.
    int cores = Runtime.getRuntime().availableProcessors();
    if (System.getProperty(PARALLELISM) == null)
      System.setProperty(PARALLELISM, String.valueOf(Math.max(2, cores - 1)));
  }

  /** As much as there is room for when all that may run are held up by their callers. */
  static int streamWindow(long heap, int exchanges) {
    long room = heap / WINDOWS_PART / exchanges;
    return (int) Math.max(LEAST_WINDOW, Math.min(STREAM_WINDOW, room));
  }

  /** Connections to secure origins for which there is room in so much heap. */
  static int secureConnections(long heap) {
    return (int) Math.min(Integer.MAX_VALUE, heap / CONNECTIONS_PART / SECURE_CONNECTION);
  }

  /** In whole seconds, as HttpClient has them; at least one. */
  private static long seconds(Duration keepAlive) {
    return Math.max(1, keepAlive.plusMillis(999).toSeconds());
  }

  /** True if HttpClient's HTTP/2 is fit for use on this Java. */
  static boolean speaksHttp2() {
    return Runtime.version().feature() >= HTTP2_FROM;
  }

  /** The differences that matter for a configuration, for the log at the start. */
  public static List<String> warnings(EngineSettings settings, OriginLimits limits) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "engine: httpclient refuses tunnels, upgrades and requests that it would change (fields"
            + " beyond ASCII, some targets), adds User-Agent, sorts fields, and takes no answer of"
            + " HTTP/1.1 before the whole request was sent: docs/engines.md");
    if (settings.http2() && !speaksHttp2())
      lines.add(
          "engine: httpclient speaks HTTP/1.1 alone on this Java: HTTP/2 is offered from Java "
              + HTTP2_FROM
              + " on");
    else if (settings.http2())
      lines.add(
          "engine: httpclient speaks HTTP/2 with secure origins that offer it: requests that run"
              + " when such an origin ends a connection may fail; originhttp2 : false keeps to"
              + " HTTP/1.1");
    if (limits.responseTimeout().isZero())
      lines.add(
          "engine: httpclient without responsetimeout waits for the end of a TLS handshake"
              + " that an origin has begun as long as the caller does");
    return lines;
  }
}
