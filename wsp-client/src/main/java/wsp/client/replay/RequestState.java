package wsp.client.replay;

/**
 * What a connection to an origin is used for, and whether what comes on it can be the answer to
 * anything. Decides only; guarded by its {@link RequestOutput}.
 */
final class RequestState {
  private enum Use {
    /** No request was answered here. */
    FIRST,
    /** One was: what comes before the next one is for nobody. */
    KEPT,
    /** What is written is no request. */
    RAW,
    /** Nothing is written any more. */
    OVER
  }

  private enum Request {
    /** Nothing of one has left. */
    NONE,
    /** A whole one waits for the end of the round; nothing of it has left. */
    PUT_OFF,
    /** Something of it may have left: what is read now may be its answer. */
    ASKED,
    /** Something has come that cannot be the answer to anything: nothing is asked any more. */
    SPOILT
  }

  private Use use = Use.FIRST;
  private Request request = Request.NONE;

  void begins() {
    if (request != Request.SPOILT) request = Request.NONE;
  }

  /** The request is done with; what comes from now on was not asked for. */
  void answered() {
    begins();
    if (use == Use.FIRST) use = Use.KEPT;
  }

  /** From now on bytes go both ways as they are. */
  void opens() {
    if (use != Use.OVER) use = Use.RAW;
    request = Request.ASKED;
  }

  void waits() {
    request = Request.PUT_OFF;
  }

  /** The request waits no more; false if it did not. */
  boolean waitsNoMore() {
    if (!isPutOff()) return false;
    request = Request.NONE;
    return true;
  }

  /** Its first byte is about to go out; false if it must not. */
  boolean asks() {
    if (request == Request.SPOILT) return false;
    request = Request.ASKED;
    return true;
  }

  /** It turns out that nothing of it has left. */
  void takesBack() {
    if (request == Request.ASKED) request = Request.NONE;
  }

  /** Something has come, if only the end. */
  void hears() {
    if (request != Request.ASKED) request = Request.SPOILT;
  }

  /** Nothing is written any more; true if nothing of the current request has left. */
  boolean ends() {
    var unused = waitsNoMore();
    use = Use.OVER;
    return !asked();
  }

  boolean asked() {
    return request == Request.ASKED;
  }

  boolean isPutOff() {
    return request == Request.PUT_OFF;
  }

  boolean kept() {
    return use == Use.KEPT;
  }

  boolean raw() {
    return use == Use.RAW;
  }

  boolean over() {
    return use == Use.OVER;
  }
}
