package wsp.server.listener;

import org.jspecify.annotations.Nullable;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

/**
 * Finds callers that have sent more behind a request than is kept until it is answered. As long as
 * their sockets are not read, nobody would notice that they have left (README), and the answer may
 * take as long as its origin likes. So there is a limit to the pause: a second or two, after which
 * the answer is the last of its connection, and what is behind its request is read past. A client
 * that pipelines has to send again what was not answered (RFC 9112 §9.3.2).
 *
 * <p>For the thread that looks after connections.
 */
final class Overrun {
  private @Nullable CallerExchange paused;

  /**
   * One pass of maintenance.
   *
   * @return true if reading has been paused behind the request since the pass before
   */
  boolean lasts(CallerExchange exchange, boolean pausedNow) {
    CallerExchange before = paused;
    paused = pausedNow && exchange.body().ended() ? exchange : null;
    return paused != null && paused == before;
  }

  /** Why the request cannot be answered any more; null if it can. */
  static @Nullable MessageException refusal(RequestHead head) {
    boolean opens =
        head.form() == RequestHead.Form.AUTHORITY || head.headers().connectionHas("upgrade");
    return opens
        ? new MessageException(400, "too much has come before the tunnel or upgrade was answered")
        : null;
  }
}
