package wsp.server.listener;

/** Hears of the requests of callers' connections, on their selector threads. */
interface CallerRequests {
  /** The head of one is here. */
  void begun(CallerConnection connection, CallerExchange exchange);

  /** One could not be read, and its caller has been told so. */
  default void unread(CallerConnection connection, RequestListener.Refusal why) {}
}
