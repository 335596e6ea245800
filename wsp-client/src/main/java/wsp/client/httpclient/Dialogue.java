package wsp.client.httpclient;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.UpgradeField;
import wsp.http1.BodyReader;
import wsp.http1.Chunks;
import wsp.http1.HeadReader;
import wsp.http1.HeadWriter;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;
import wsp.http1.ResponseHead;
import wsp.tunnel.Stream;

/**
 * What goes both ways over one connection of HTTP/1.1. Responses are read as the own engine reads
 * them, and written anew for {@code HttpClient}: its parser believes sizes of chunks that make its
 * thread run in circles for ever, reads others otherwise than they are meant, and takes what an
 * origin has sent unasked for the answer to the next request. Safe for all threads.
 */
final class Dialogue {
  /** With so much room, something gets written. */
  static final int LEAST_ROOM = 64;

  /** Behind a longer head, the connection ends with its answer. */
  private static final int LONG_HEAD = 4 * 1024;

  /** Begins neither a head nor a chunk, and so ends the connection, whatever is read there. */
  private static final byte[] POISON = {'!', '\r', '\n'};

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final FieldNames FRAMING =
      FieldNames.of("Content-Length", "Transfer-Encoding", "Connection");

  /**
   * What a request is known by while its answer comes: more of it would be here as long as that.
   *
   * @param word its own; empty if it has none
   * @param host of its origin, without the port
   */
  private record Asked(String word, String host, String method) {}

  private final boolean secure;
  private final HeadMemory.Share unfinished;
  private final BiConsumer<String, ReplayException> owner;
  private final HeadReader<RequestHead> requests =
      HeadReader.ofRequests(Integer.MAX_VALUE, Integer.MAX_VALUE);
  private final HeadReader<ResponseHead> responses;

  // Guarded by this.
  private String next = "";
  private boolean inHead;
  private @Nullable Asked asked;
  private @Nullable BodyReader upload;
  private @Nullable BodyReader download;
  private boolean chunks;
  private ByteBuffer head = NOTHING;
  private int interims;

  /** What comes from the origin is looked at no more. */
  private boolean deaf;

  /** Secure if its end can be told from a cut; the owner hears what is not waited for any more. */
  Dialogue(
      boolean secure, int maxHeader, HeadMemory heads, BiConsumer<String, ReplayException> owner) {
    this.secure = secure;
    this.unfinished = heads.share();
    this.owner = owner;
    this.responses = HeadReader.ofResponses(maxHeader, OriginLimits.MAX_FIELDS);
  }

  // -- there

  /** True if what HttpClient sends next is the beginning of a head. */
  synchronized boolean awaitsHead() {
    return upload == null && !inHead;
  }

  /** The next head that HttpClient sends has this word. */
  synchronized void sends(String word) {
    next = word;
  }

  /** HttpClient sends this; before it is on its way. */
  synchronized void sent(ByteBuffer bytes) throws ReplayException {
    if (deaf && asked == null)
      throw new ReplayException(
          Failure.CLOSED_EARLY, "the origin had sent what nobody asked for on the connection");
    try {
      while (bytes.hasRemaining()) {
        if (upload == null) {
          RequestHead request = requests.read(bytes);
          inHead = request == null;
          if (request != null) begin(request);
        }
        BodyReader body = upload;
        if (body != null) body.skip(bytes);
        if (body != null && body.ended()) upload = null;
      }
    } catch (MessageException e) {
      throw new ReplayException(
          Failure.INTERNAL, "the engine httpclient wrote no request: " + e.getMessage());
    }
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private void begin(RequestHead request) {
    asked =
        new Asked(next, host(String.valueOf(request.headers().first("Host"))), request.method());
    next = "";
    upload = BodyReader.ofRequest(request.contentLength());
    interims = 0;
  }

  // -- and back

  /**
   * The origin has sent this.
   *
   * @param out where HttpClient finds what it is to read instead
   * @return false if it is to be called again, with the rest, and with {@link #LEAST_ROOM}
   */
  synchronized boolean received(ByteBuffer in, ByteBuffer out) throws ReplayException {
    while (true) {
      NoTlsEngine.move(head, out);
      if (head.hasRemaining()) return false;
      // The connection may be idle from now on, for longer than a head of that length should live.
      head = NOTHING;
      if (deaf) in.position(in.limit());
      BodyReader body = download;
      if (!in.hasRemaining()) return true;
      if (out.remaining() < LEAST_ROOM) return false;
      if (body == null) readHead(in, out);
      else readBody(body, in, out);
    }
  }

  private void poison(ByteBuffer out) {
    deaf = true;
    out.put(POISON);
  }

  private void readHead(ByteBuffer in, ByteBuffer out) throws ReplayException {
    Asked of = asked;
    if (of == null) {
      poison(out);
      return;
    }
    try {
      ResponseHead read = responses.read(in);
      holds(responses.held(), false, of);
      if (read == null) return;
      if (read.interim()) interim(read);
      else answer(of.method(), read, in.remaining());
    } catch (MessageException e) {
      throw ReplayException.invalidResponse(e);
    }
  }

  private void holds(int bytes, boolean inTrailers, Asked of) throws ReplayException {
    if (bytes == 0) unfinished.whole();
    else unfinished.holds(bytes, inTrailers, of.host(), why -> owner.accept(of.word(), why));
  }

  /** HttpClient would not pass it on, and counts them. */
  private void interim(ResponseHead read) throws ReplayException {
    if (read.status() == 101)
      throw ReplayException.invalidResponse("it switches protocols, which nobody asked for");
    if (++interims > Stream.MAX_INTERIM) throw ReplayException.tooManyInterim();
  }

  private void answer(String method, ResponseHead read, int more) throws MessageException {
    long declared = read.declaredLength();
    long length = read.bodyLength(method, declared);
    boolean coded = read.fields().has("Transfer-Encoding");
    boolean mayHaveLength = read.status() != 204 && !coded;
    chunks = length == BodyReader.CHUNKED || (secure && length == BodyReader.UNTIL_CLOSE);
    Headers passed = read.fields().endToEnd().without(FRAMING);
    HeadWriter writer =
        HeadWriter.response(read.status())
            .fields(UpgradeField.with(passed, read.status(), read.fields()));
    if (chunks) writer.framing(BodyReader.CHUNKED);
    else if (declared >= 0 && mayHaveLength) writer.framing(declared);
    // What comes before the request has ended says nothing of what follows it, and a body that is
    // promised where there is none may come all the same.
    boolean ends = !read.keepAlive() || upload != null || length == BodyReader.UNTIL_CLOSE;
    ends |= length == 0 && (declared > 0 || coded);
    ends |= length >= 0 && more > length;
    // HttpClient keeps the fields of an answer for as long as its connection is idle.
    ends |= responses.lastBytes() > LONG_HEAD;
    if (ends) writer.field("Connection", "close");
    head = writer.end();
    if (length == 0) asked = null;
    else download = BodyReader.ofResponse(length);
  }

  private void readBody(BodyReader body, ByteBuffer in, ByteBuffer out) throws ReplayException {
    int limit = in.limit();
    in.limit(Math.min(limit, in.position() + out.remaining() - Chunks.OVERHEAD));
    try {
      ByteBuffer piece = body.read(in);
      if (piece != null && chunks) Chunks.put(out, piece);
      else if (piece != null) out.put(piece);
    } catch (MessageException e) {
      // What has come before it is on its way.
      poison(out);
      download = null;
    } finally {
      in.limit(limit);
    }
    Asked of = asked;
    if (of != null) holds(body.held(), true, of);
    if (body.ended()) ended(out);
  }

  private void ended(ByteBuffer out) {
    if (chunks) Chunks.end(out);
    download = null;
    asked = null;
  }

  /** What counts the head that the origin has begun and not ended, over HTTP/2 as well. */
  HeadMemory.Share unfinished() {
    return unfinished;
  }

  void over() {
    unfinished.close();
  }

  /** The origin has said that nothing more comes; true if that ended a response. */
  synchronized boolean closed(ByteBuffer out) {
    BodyReader body = download;
    if (body == null || !body.endsWithConnection() || !chunks) return false;
    ended(out);
    return true;
  }
}
