package wsp.client.tunnel.v1;

/** The state of a link of version 1. */
enum LinkState {
  OPENING(false),
  IDLE(false),
  BUSY(false),
  /** The last frame of the answer is on its way, perhaps already with the server. */
  ANSWERING(false),
  /** And so the next request is here already. */
  AHEAD(false),
  /** A close frame was sent; what comes is not executed. */
  CLOSING(true),
  CLOSED(true);

  private final boolean terminal;

  LinkState(boolean terminal) {
    this.terminal = terminal;
  }

  /** True while the body of a request may come, and the response has not left. */
  boolean serves() {
    return this == BUSY || this == ANSWERING;
  }

  /** True if no request will be executed any more. */
  boolean terminal() {
    return terminal;
  }
}
