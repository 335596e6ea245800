package wsp.client.httpclient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wsp.client.origin.EngineSettings;
import wsp.client.origin.OriginLimits;

/**
 * What {@code HttpClient} is told by system properties, which it reads once: they have to be set
 * before the first of its classes is loaded. Stateless.
 */
public final class JvmSettings {
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** As of the own engine. */
  private static final int MOST_IDLE = 4096;

  private JvmSettings() {}

  /** Sets them for the whole process. */
  public static void set(OriginLimits limits) {
    // Host, since the URI of a plain request has the address that was checked.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
    // What may have been executed is not repeated: by default, a GET is.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    System.setProperty("jdk.httpclient.enablepush", "0");
    // The trust manager of TlsFiles verifies names, and says what is wrong.
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    System.setProperty("jdk.http.maxHeaderSize", String.valueOf(limits.maxHeader()));
    // A socket that is closed goes when its selector wakes, which no cancelled request makes it do:
    // until then, an origin that writes is not told. A second is the least, three are usual.
    System.setProperty("jdk.internal.httpclient.selectorTimeout", "1000");
    String keepAlive = String.valueOf(seconds(limits.keepAlive()));
    System.setProperty("jdk.httpclient.keepalive.timeout", keepAlive);
    System.setProperty("jdk.httpclient.keepalive.timeout.h2", keepAlive);
    System.setProperty("jdk.httpclient.connectionPoolSize", String.valueOf(MOST_IDLE));
    // With one thread in the common pool, CompletableFuture starts one for each task instead.
    int cores = Runtime.getRuntime().availableProcessors();
    if (System.getProperty(PARALLELISM) == null)
      System.setProperty(PARALLELISM, String.valueOf(Math.max(2, cores - 1)));
  }

  /** In whole seconds, as HttpClient has them; at least one. */
  private static long seconds(Duration keepAlive) {
    return Math.max(1, keepAlive.plusMillis(999).toSeconds());
  }

  /** The differences that matter for a configuration, for the log at the start. */
  public static List<String> warnings(EngineSettings settings, OriginLimits limits) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "engine: httpclient refuses requests that it would change (fields beyond ASCII, some"
            + " targets), adds User-Agent, sorts fields, and takes no answer of HTTP/1.1 before"
            + " the whole request was sent: docs/engines.md");
    if (settings.http2())
      lines.add(
          "engine: httpclient speaks HTTP/2 with secure origins that offer it: requests that run"
              + " when such an origin ends a connection (GOAWAY) fail; originhttp2 : false keeps"
              + " to HTTP/1.1");
    if (limits.responseTimeout().isZero())
      lines.add(
          "engine: httpclient without responsetimeout waits for the end of a TLS handshake"
              + " that an origin has begun as long as the caller does");
    return lines;
  }
}
