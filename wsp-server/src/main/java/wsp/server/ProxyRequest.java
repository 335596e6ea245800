package wsp.server;

import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.observe.ExchangeRecord;
import wsp.runtime.LogText;
import wsp.server.listener.Caller;

/**
 * A request whose caller and destination are known.
 *
 * @param headers what is judged and goes on of its fields
 * @param who the caller is
 * @param client the id, or else a label, of the client that it has to go to; null: any
 * @param exchange what is noted of it
 */
record ProxyRequest(
    Caller caller,
    Headers headers,
    CallerKeys.Identity who,
    Destination destination,
    @Nullable String client,
    ExchangeRecord exchange) {
  private static final int LOGGED_CHARS = 500;
  private static final int LOGGED_METHOD_CHARS = 50;

  String method() {
    return caller.head().method();
  }

  /** The caller's address, for logs. */
  String from() {
    return exchange.from();
  }

  /** For logs: a method may be as long as a head. */
  String methodShown() {
    return LogText.escape(method(), LOGGED_METHOD_CHARS);
  }

  /** For logs: the destination without its query, and who wants it. */
  String shown() {
    return LogText.escape(destination.withoutQuery(), LOGGED_CHARS) + who.shown();
  }
}
