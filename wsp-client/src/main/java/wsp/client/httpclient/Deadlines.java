package wsp.client.httpclient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

/**
 * Until when a request may be at which point; times are of nanoTime.
 *
 * @param limits what the configuration says
 */
record Deadlines(OriginLimits limits) {
  /**
   * How long nothing of an upload may move. {@code HttpClient} reads no answer of HTTP/1.1 before
   * its end (JDK-8350451), so that an origin that has answered waits for ever, and so do we.
   */
  static final Duration UPLOAD_STALL = Duration.ofSeconds(60);

  /** What HttpClient itself does at {@code connecttimeout} is to come first. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** True as long as connecting may go on that was begun at that time. */
  boolean mayConnect(long begunAt) {
    return System.nanoTime() - begunAt <= limits.connectTimeout().toNanos();
  }

  /** The failure of one that HttpClient has had since then without any answer, if it is late. */
  @Nullable ReplayException late(Route route, RequestBody upload, long since, long now) {
    if (!upload.none() && !upload.connected())
      return now - since > limits.connectTimeout().toNanos() + GRACE_NANOS
          ? new ReplayException(
              Failure.CONNECT_TIMEOUT, "cannot connect to " + route.name() + ": timeout")
          : null;
    if (!upload.whole())
      return now - upload.movedAt() > UPLOAD_STALL.toNanos()
          ? Requests.cannot(
              "reads no answer before the whole request is sent, and nothing of it has moved for "
                  + UPLOAD_STALL.toSeconds()
                  + " s")
          : null;
    Duration most = limits.responseTimeout();
    long start = upload.none() ? since : upload.movedAt();
    return !most.isZero() && now - start > most.toNanos()
        ? new ReplayException(Failure.NO_ANSWER, "the origin did not answer in time")
        : null;
  }
}
