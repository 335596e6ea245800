package wsp.server.tunnel.v2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.envelope.EnvelopeException;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.envelope.TrailerFields;
import wsp.envelope.UpgradeField;
import wsp.server.tunnel.CheckedAnswer;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;
import wsp.tunnel.v2.LinkStream;

/**
 * One exchange on a link of version 2: passes on what comes once it is judged. An answer that is
 * none costs its own stream; the link, and the others on it, go on.
 */
public final class CheckedStream implements StreamListener<RequestEnvelope, ResponseEnvelope> {
  private final ServerLink link;

  // Written before anything can come.
  private @Nullable LinkStream<RequestEnvelope, ResponseEnvelope> stream;
  private volatile @Nullable StreamListener<RequestEnvelope, ResponseEnvelope> listener;
  private volatile @Nullable Object reader;
  private volatile String method = "";
  private volatile @Nullable String upgrade;

  /** Its client is to say whether the origin wants the body, and has not said anything. */
  private volatile boolean expects;

  /** For how many passes of maintenance; of their thread. */
  private int silent;

  private @Nullable CheckedAnswer answer;

  CheckedStream(ServerLink link) {
    this.link = link;
  }

  void on(LinkStream<RequestEnvelope, ResponseEnvelope> opened) {
    stream = opened;
  }

  private LinkStream<RequestEnvelope, ResponseEnvelope> stream() {
    LinkStream<RequestEnvelope, ResponseEnvelope> s = stream;
    if (s == null) throw new IllegalStateException("a stream that is not open");
    return s;
  }

  private StreamListener<RequestEnvelope, ResponseEnvelope> listener() {
    StreamListener<RequestEnvelope, ResponseEnvelope> to = listener;
    if (to == null) throw new IllegalStateException("a stream without a listener");
    return to;
  }

  /** Opens it: the listener is told when the head may be sent. Once. */
  public void open(StreamListener<RequestEnvelope, ResponseEnvelope> to, Object caller) {
    reader = caller;
    listener = to;
    link.open(this);
  }

  void opened() {
    listener().onOpen(stream());
  }

  void closedBefore() {
    listener().onReset(Reset.REFUSED, "closed while idle");
  }

  @Override
  public @Nullable Object reader() {
    return reader;
  }

  // ---- the request

  @Override
  public void onSending(RequestEnvelope head, boolean last) {
    method = head.method();
    upgrade = head.headers().first(UpgradeField.NAME);
    expects = !last && head.headers().has("Expect");
    if (expects) link.awaits(this);
  }

  public void reset(Reset why) {
    expects = false;
    stream().reset(why);
  }

  // ---- the response

  @Override
  public void onOpen(Stream<RequestEnvelope> unused) {
    throw new IllegalStateException("this side opens it");
  }

  /** True if its client has said nothing of the body for more than so many passes. */
  boolean isSilent(int passes) {
    return ++silent > passes;
  }

  /** True until its client has said something of the body, or it is over. */
  boolean awaits() {
    return expects;
  }

  /**
   * On the link's thread: a client that never says it is taken for one that wants the body (RFC
   * 9110 §10.1.1), of which what it does not take has its own limit.
   */
  void goesOn() {
    if (expects) onInterim(new ResponseEnvelope(100, Headers.EMPTY, 0));
  }

  @Override
  public void onInterim(ResponseEnvelope head) {
    if (head.status() == 100) expects = false;
    Headers fields = CheckedAnswer.forCaller(head.headers());
    listener().onInterim(new ResponseEnvelope(head.status(), fields, 0));
  }

  @Override
  public void onHead(ResponseEnvelope head) {
    expects = false;
    try {
      if (head.status() == 101 && !UpgradeField.isSwitchTo(upgrade, head.headers()))
        throw new EnvelopeException("a 101 that was not asked for");
      CheckedAnswer checked = new CheckedAnswer(head, method);
      answer = checked;
      listener().onHead(announcing(checked.forCaller(), head.headers()));
    } catch (EnvelopeException e) {
      invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Which trailers may come is a field of one hop, which this wire carries over. */
  private static ResponseEnvelope announcing(ResponseEnvelope head, Headers received) {
    String names = TrailerFields.announced(received);
    if (names.isEmpty()) return head;
    Headers fields = head.headers().with("Trailer", names);
    return new ResponseEnvelope(head.status(), fields, head.contentLength());
  }

  @Override
  public void onData(ByteBuffer part, boolean last) {
    CheckedAnswer a = answer;
    if (a == null) return;
    if (!a.body(part.remaining(), last)) invalid("a body of another length than announced");
    else if (a.hasSurplus()) invalid("a body where there is none");
    else listener().onData(part, last);
  }

  @Override
  public void onTrailers(Headers fields) {
    CheckedAnswer a = answer;
    if (a == null) return;
    if (a.body(0, true)) listener().onTrailers(CheckedAnswer.forCaller(fields));
    else invalid("a body of another length than announced");
  }

  @Override
  public void onPause() {
    if (answer != null) listener().onPause();
  }

  @Override
  public void onEnd() {
    if (answer != null) listener().onEnd();
  }

  private void invalid(String why) {
    answer = null;
    stream().reset(Reset.INVALID, why);
    listener().onReset(Reset.INVALID, why);
  }

  @Override
  public void onReset(Reset why, String words) {
    expects = false;
    if (why == Reset.REFUSED) link.refused();
    listener().onReset(why, words);
  }
}
