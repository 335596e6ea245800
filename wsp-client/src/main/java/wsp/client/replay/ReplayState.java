package wsp.client.replay;

/**
 * How far a replay is: with its search for a connection, with the response, and whether the sink
 * still hears of it. Decides only; guarded by its {@link Replay}.
 */
final class ReplayState {
  private enum Search {
    NOT_BEGUN,
    BEGUN,
    /** A second time, which is the last. */
    REPEATED
  }

  private enum Response {
    AWAITED,
    BEGUN,
    /** Whole, and the connection serves no other request. */
    LAST,
    /** Whole, and the connection may serve another request. */
    REUSABLE
  }

  private Search search = Search.NOT_BEGUN;
  private Response response = Response.AWAITED;
  private boolean ended;

  /** True, once, when a connection is to be sought, if the request may have one. */
  boolean seeks(boolean ready) {
    if (search != Search.NOT_BEGUN || ended || !ready) return false;
    search = Search.BEGUN;
    return true;
  }

  /** True, once, when another connection may take the place of one that was of no use. */
  boolean seeksAgain() {
    boolean first = search != Search.REPEATED;
    search = Search.REPEATED;
    return first;
  }

  /** The head of the response has come; false if it comes too late. */
  boolean responds() {
    if (!ended) response = Response.BEGUN;
    return !ended;
  }

  void responded(boolean reusable) {
    response = reusable ? Response.REUSABLE : Response.LAST;
  }

  /** The head has not come in time; false if it has, or if that matters no more. */
  boolean timesOut() {
    return response == Response.AWAITED && ends();
  }

  /** The sink hears of nothing more; false if it has heard the last already. */
  boolean ends() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  boolean ended() {
    return ended;
  }

  boolean isAwaiting() {
    return response == Response.AWAITED;
  }

  boolean isWhole() {
    return response == Response.LAST || response == Response.REUSABLE;
  }

  /** True if the response is whole and leaves a connection that may serve another request. */
  boolean isReusable() {
    return response == Response.REUSABLE;
  }
}
