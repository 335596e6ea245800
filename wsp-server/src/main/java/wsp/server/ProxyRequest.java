package wsp.server;

import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.runtime.LogText;
import wsp.server.listener.Caller;

/**
 * A request whose caller and destination are known.
 *
 * @param headers what is judged and goes on of its fields
 * @param from the caller's address, for logs
 * @param who the caller is
 */
record ProxyRequest(
    Caller caller, Headers headers, String from, CallerKeys.Identity who, Destination destination) {
  private static final int LOGGED_CHARS = 500;
  private static final int LOGGED_METHOD_CHARS = 50;

  String method() {
    return caller.head().method();
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
