package wsp.relay;

/**
 * Where an exchange stands that joins two streams: a state for each direction, one for the whole,
 * and for each event what is to be done about it. Both daemons go by this table:
 *
 * <pre>
 *   event           JOINED                                REFUSED                     OVER
 *   requestBegins   PASS, once                            NOTHING                     NOTHING
 *   requestEnds     FINISH after the response, else PASS  FINISH after the response   NOTHING
 *   interimBegins   PASS before the response's head       NOTHING                     NOTHING
 *   interimEnds     NOTHING                               ANSWER, if it failed        NOTHING
 *                                                         meanwhile
 *   responseBegins  PASS, once                            NOTHING                     NOTHING
 *   upgrades        PASS before the response's head:      NOTHING                     NOTHING
 *                   both are OPEN
 *   responseEnds    FINISH after the request, else PASS   FINISH after the request    NOTHING
 *   fails           ANSWER before the response's head,    BREAK                       NOTHING
 *                   LATER during an interim one,
 *                   else BREAK
 *   cancels         NOTHING                               NOTHING                     NOTHING
 * </pre>
 *
 * <p>An interim head is passed on by one thread while a failure may be noticed by another, which
 * must not answer in the middle of it. After ANSWER and LATER the exchange is REFUSED: the response
 * is the failure's, what comes of the request is dropped, and the exchange is over when both have
 * ended. After FINISH, BREAK and {@link #cancels} it is OVER. Decides only; guarded by its owner.
 */
public final class RelayState {
  public enum Direction {
    /** Its head has not been passed on. */
    AWAITED,
    /** A head that another one follows is being passed on; of a response. */
    INTERIM,
    OPEN,
    ENDED
  }

  public enum Whole {
    JOINED,
    REFUSED,
    OVER
  }

  public enum Action {
    /** It comes too late, or changes nothing. */
    NOTHING,
    /** It goes on to the other stream. */
    PASS,
    /** Both directions have ended: the streams are released. */
    FINISH,
    /** The failure is the response. */
    ANSWER,
    /** The same, as soon as the interim head is out. */
    LATER,
    /** The response breaks off where it is, so that its receiver can tell. */
    BREAK
  }

  private Direction request;
  private Direction response = Direction.AWAITED;
  private Whole whole = Whole.JOINED;

  /** The request is AWAITED where its head is still to be sent, OPEN where it has come. */
  public RelayState(Direction request) {
    this.request = request;
  }

  public Action requestBegins() {
    if (whole != Whole.JOINED || request != Direction.AWAITED) return Action.NOTHING;
    request = Direction.OPEN;
    return Action.PASS;
  }

  /** The request has to be sent anew: nothing of it was executed. */
  public void requestAgain() {
    if (whole == Whole.JOINED) request = Direction.AWAITED;
  }

  public Action requestEnds() {
    if (whole == Whole.OVER) return Action.NOTHING;
    request = Direction.ENDED;
    return ended();
  }

  /** A head has come that another one follows. */
  public Action interimBegins() {
    if (whole != Whole.JOINED || response != Direction.AWAITED) return Action.NOTHING;
    response = Direction.INTERIM;
    return Action.PASS;
  }

  public Action interimEnds() {
    if (response != Direction.INTERIM) return Action.NOTHING;
    response = Direction.AWAITED;
    return whole == Whole.REFUSED ? Action.ANSWER : Action.NOTHING;
  }

  public Action responseBegins() {
    if (whole != Whole.JOINED || response != Direction.AWAITED) return Action.NOTHING;
    response = Direction.OPEN;
    return Action.PASS;
  }

  /** The head of the response has come, and both directions are raw bytes from here on. */
  public Action upgrades() {
    Action action = responseBegins();
    if (action == Action.PASS) request = Direction.OPEN;
    return action;
  }

  public Action responseEnds() {
    if (whole == Whole.OVER) return Action.NOTHING;
    response = Direction.ENDED;
    return ended();
  }

  private Action ended() {
    if (request == Direction.ENDED && response == Direction.ENDED) {
      whole = Whole.OVER;
      return Action.FINISH;
    }
    return whole == Whole.JOINED ? Action.PASS : Action.NOTHING;
  }

  public Action fails() {
    if (whole == Whole.OVER) return Action.NOTHING;
    boolean interim = response == Direction.INTERIM;
    boolean told = whole == Whole.JOINED && (interim || response == Direction.AWAITED);
    whole = told ? Whole.REFUSED : Whole.OVER;
    if (!told) return Action.BREAK;
    return interim ? Action.LATER : Action.ANSWER;
  }

  /** The response is not wanted any more. */
  public void cancels() {
    whole = Whole.OVER;
  }

  public Direction request() {
    return request;
  }

  public Direction response() {
    return response;
  }

  public Whole whole() {
    return whole;
  }

  /** True as long as what comes by one stream goes on by the other. */
  public boolean joined() {
    return whole == Whole.JOINED;
  }
}
