package wsp.client.replay;

import wsp.envelope.ConnectionAuth;
import wsp.envelope.Headers;
import wsp.http1.ResponseHead;
import wsp.text.Ascii;

/**
 * What becomes of a connection to an origin after an answer, and why: the one rule of whether it
 * may serve another request (RFC 9112 §9.3, RFC 4559 §6). docs/origins.md has it as a table.
 *
 * <p>The rule is judged when the head of the answer is there, by {@link #after}; what arrives later
 * can only make it stricter: bytes behind the end of the answer are {@link #SURPLUS}, and anything
 * but silence on a connection that was kept ends it before the next request goes out.
 */
enum Keeping {
  /** The answer has an end of its own, and the origin means to go on. */
  KEPT(Use.ANYBODY),

  /** It may be authenticated, by NTLM or Negotiate, as a caller whose connection is known. */
  BOUND(Use.ONE_CALLER),

  /** It is in the middle of being authenticated so: the next request goes on with it. */
  HANDSHAKE(Use.ONE_CALLER),

  /** The same as a caller that cannot be told from others. */
  AUTHENTICATED(Use.NOBODY),

  /** The origin says {@code Connection: close}, or speaks HTTP/1.0 and does not say keep-alive. */
  ORIGIN_CLOSES(Use.NOBODY),

  /** The end of the connection is the end of the body. */
  BODY_TO_THE_END(Use.NOBODY),

  /** Two ends are given, a length and a coding, or the coding is one that HTTP/1.0 has not. */
  TWO_ENDS(Use.NOBODY),

  /** The fields promise a body where none is allowed: the origin may send it all the same. */
  BODY_PROMISED(Use.NOBODY),

  /** A CONNECT was answered: what follows is no HTTP. */
  TUNNEL(Use.NOBODY),

  /** Bytes came behind the end of the answer. */
  SURPLUS(Use.NOBODY);

  /** Whose next request a connection may carry. */
  enum Use {
    /** It is kept. */
    ANYBODY,

    /** It is kept for those that come on the same caller's connection. */
    ONE_CALLER,

    /** It is closed. */
    NOBODY
  }

  private final Use use;

  Keeping(Use use) {
    this.use = use;
  }

  Use use() {
    return use;
  }

  /**
   * Judges an answer by its head.
   *
   * @param method of the request
   * @param bound true if the request carried authentication that belongs to its connection
   * @param known true if it is known which caller's connection it came on
   * @param promised true if an interim answer before this one promised a body
   */
  static Keeping after(
      String method, boolean bound, boolean known, boolean promised, ResponseHead head) {
    boolean authenticates = bound || ConnectionAuth.inResponse(head.fields());
    if (authenticates && !known) return AUTHENTICATED;
    Keeping otherwise = after(method, promised, head);
    if (!authenticates || otherwise != KEPT) return otherwise;
    return ConnectionAuth.unfinished(head.status(), head.fields()) ? HANDSHAKE : BOUND;
  }

  /** The same where nothing is authenticated. */
  private static Keeping after(String method, boolean promised, ResponseHead head) {
    Headers fields = head.fields();
    if (method.equals("CONNECT")) return TUNNEL;
    if (!head.keepAlive()) return ORIGIN_CLOSES;
    boolean coded = fields.has("Transfer-Encoding");
    boolean length = fields.has("Content-Length");
    if (promised || (head.hasNoBody(method) && promisesBody(head))) return BODY_PROMISED;
    if (head.hasNoBody(method)) return KEPT;
    if (coded) return length || head.minor() == 0 ? TWO_ENDS : KEPT;
    return length ? KEPT : BODY_TO_THE_END;
  }

  /**
   * True for an answer with whose connection a handshake goes on. What is left of the request has
   * to leave first, even a body that its caller keeps: the next request would be taken for it.
   */
  boolean wantsBody() {
    return this == HANDSHAKE;
  }

  /** True if an answer that has no body says that it has one. */
  static boolean promisesBody(ResponseHead head) {
    if (head.fields().has("Transfer-Encoding")) return true;
    // An answer to HEAD may have the length of that to GET (RFC 9110 §9.3.2); some origins send the
    // body, too, and it may come when the next request has gone out.
    String promised = head.fields().first("Content-Length");
    return promised != null && !Ascii.trim(promised).equals("0");
  }
}
