package wsp.observe;

import wsp.log.LogText;

/**
 * The facts of one exchange, for access log, metrics and live page.
 *
 * <p>Times are those of {@link System#nanoTime}, 0 for what has not happened. Each field is written
 * by the one thread that has that part of the exchange, under the exchange's lock or before the
 * next thread is told to go on; so {@link ExchangeObserver#ended} sees all. A reader before its end
 * may see a little less than there is: only the end is volatile, since writing such a field costs
 * more than all else that is done here, on the way of every request.
 *
 * <p>Its texts come from outside and are kept as long as the exchange runs: each is cut where it is
 * noted, to what anybody shows of it.
 */
public final class ExchangeRecord {
  /** The method of a request whose head could not be read. */
  public static final String METHOD_UNKNOWN = "-";

  /** So many characters of a text are kept; it ends with an ellipsis where there were more. */
  static final int MAX_TEXT = 500;

  private final String requestId;
  private final String traceparent;
  private final String method;
  private final String from;
  private final long receivedAtMillis = System.currentTimeMillis();
  private final long receivedAt = System.nanoTime();

  private Kind kind = Kind.PLAIN;
  private String destination = "";
  private String caller = "";
  private String peer = "";
  private long connectedAt;
  private long headAt;
  private volatile long endedAt;
  private int status;
  private String failure = "";
  private String detail = "";
  private String rule = "";
  private String proxyStatus = "";
  private Visitor visitor = Visitor.UNKNOWN;
  private long requestBytes;
  private long responseBytes;

  /**
   * An exchange that begins now.
   *
   * @param requestId see {@link RequestId}
   * @param traceparent that field of W3C Trace Context as it came, or empty
   * @param method as it came: any token
   * @param from the address of the caller, or empty where it is not known
   */
  public ExchangeRecord(String requestId, String traceparent, String method, String from) {
    this.requestId = cut(requestId);
    this.traceparent = cut(traceparent);
    this.method = cut(method);
    this.from = cut(from);
  }

  static String cut(String text) {
    return LogText.cut(text, MAX_TEXT);
  }

  public void kind(Kind of) {
    kind = of;
  }

  /** Where it is to go, without its query. */
  public void destination(String url) {
    destination = cut(url);
  }

  public void unusable(String url) {
    destination = cut(Unusable.shown(url));
  }

  /** The name that goes with the caller's key. */
  public void caller(String name) {
    caller = cut(name);
  }

  /**
   * On the server, the id of the client that a connection was leased from; on the client, the
   * target that the request came from.
   */
  public void peer(String name) {
    peer = cut(name);
  }

  /** There is a connection: on the server, to a client; on the client, to the origin. */
  public void connected() {
    connectedAt = System.nanoTime();
  }

  public void head(int of) {
    status = of;
    headAt = System.nanoTime();
  }

  /** Notes the field Proxy-Status of the answer, which may be the client's and not the origin's. */
  public void proxyStatus(String field) {
    proxyStatus = cut(field);
  }

  /** So much more of the request's body has come; by one thread at a time. */
  public void requestBytes(int n) {
    requestBytes += n;
  }

  /** So much more of the answer's body has gone on; by one thread at a time. */
  public void responseBytes(int n) {
    responseBytes += n;
  }

  public void rule(String text) {
    rule = cut(text);
  }

  /** Noted only where the access log shows it. */
  void visitor(Visitor who) {
    visitor = who;
  }

  /** It failed by that row, for what may hold anything; 0: the head of an answer has gone out. */
  void failed(String as, String why, int told) {
    failure = as;
    detail = cut(why);
    if (told != 0) status = told;
  }

  /** It is over, which is the last thing that happens; false if it was over already. */
  synchronized boolean end() {
    if (endedAt != 0) return false;
    endedAt = System.nanoTime();
    return true;
  }

  // -- what is known

  public String requestId() {
    return requestId;
  }

  public String traceparent() {
    return traceparent;
  }

  public Kind kind() {
    return kind;
  }

  /** True once bytes that are no HTTP go both ways, for as long as the two ends wish. */
  public boolean isOpenTunnel() {
    return kind == Kind.UPGRADE || (kind == Kind.CONNECT && status / 100 == 2);
  }

  public String method() {
    return method;
  }

  public String from() {
    return from;
  }

  /** Without its query, perhaps not usable; empty if there was none. */
  public String destination() {
    return destination;
  }

  public String caller() {
    return caller;
  }

  public String peer() {
    return peer;
  }

  /** The time of day when it came, in milliseconds since 1970. */
  public long receivedAtMillis() {
    return receivedAtMillis;
  }

  public long receivedAt() {
    return receivedAt;
  }

  /** When there was a connection for it, or 0. */
  public long connectedAt() {
    return connectedAt;
  }

  /** When the head of its answer came, or 0. */
  public long headAt() {
    return headAt;
  }

  /** When it was over, or 0. */
  public long endedAt() {
    return endedAt;
  }

  /** The status that the caller got, {@link Outcomes#LEFT} if none, 0 as long as it is open. */
  public int status() {
    return status;
  }

  /** The name of its failure in the daemon's table; empty if it has not failed. */
  public String failure() {
    return failure;
  }

  /** More about its failure, not fit for a log as it is; or empty. */
  public String detail() {
    return detail;
  }

  public String rule() {
    return rule;
  }

  /** That field of the answer (RFC 9209), or empty. */
  public String proxyStatus() {
    return proxyStatus;
  }

  Visitor visitor() {
    return visitor;
  }

  public long requestBytes() {
    return requestBytes;
  }

  public long responseBytes() {
    return responseBytes;
  }
}
