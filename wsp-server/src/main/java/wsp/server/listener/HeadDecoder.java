package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldSyntax;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * The head of a request, strictly: what RFC 9112 calls invalid or ambiguous is refused, because
 * whatever two parsers could read differently is a way to smuggle a second request. Only CRLF ends
 * a line, no line is folded, no field is repeated that frames the message, nothing is guessed. For
 * one connection and one thread.
 */
final class HeadDecoder {
  private static final int MAX_EMPTY_LINES = 2;

  /** Most heads are shorter. */
  private static final int STEP = 1024;

  private static final byte[] NONE = {};

  /**
   * What a head is read into that comes at once, as nearly all do: a connection keeps bytes only
   * while it has an unfinished head.
   */
  private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[8192]);

  private final int maxBytes;
  private final int maxFields;
  private byte[] head = NONE;
  private int length;
  private int emptyLines;
  private int lastBytes;

  /**
   * @param maxBytes the longest head, with its line ends
   * @param maxFields the most fields
   */
  HeadDecoder(int maxBytes, int maxFields) {
    this.maxBytes = maxBytes;
    this.maxFields = maxFields;
  }

  /** True once the first byte of a head is here and the last is not. */
  boolean begun() {
    return length > 0;
  }

  /** How long the last head was that was whole. */
  int lastBytes() {
    return lastBytes;
  }

  /** No more of it is going to come. */
  void drop() {
    head = NONE;
    length = 0;
  }

  /** How many bytes of memory an unfinished head takes. */
  int held() {
    return head.length;
  }

  /** Takes what belongs to the head; the head once it is whole, else null. */
  @Nullable RequestHead decode(ByteBuffer in) throws BadRequestException {
    byte[] scratch = SCRATCH.get();
    if (head.length == 0) head = scratch;
    boolean bad = true;
    try {
      RequestHead whole = read(in);
      bad = false;
      return whole;
    } finally {
      if (bad || length == 0) head = NONE;
      else if (head == scratch) head = Arrays.copyOf(scratch, length);
    }
  }

  private @Nullable RequestHead read(ByteBuffer in) throws BadRequestException {
    while (in.hasRemaining()) {
      int end = endOfHead(take(in));
      if (end < 0) continue;
      // What comes after the head is not its business.
      in.position(in.position() - (length - end));
      length = end;
      if (isEmptyLine()) continue;
      RequestHead whole = parse();
      lastBytes = length;
      length = 0;
      emptyLines = 0;
      return whole;
    }
    return null;
  }

  /**
   * Copies some bytes, not all that may come after the head as well.
   *
   * @return how many there were before
   */
  private int take(ByteBuffer in) throws BadRequestException {
    if (length == maxBytes)
      throw new BadRequestException(431, "the request head is over " + maxBytes + " bytes");
    int n = Math.min(Math.min(in.remaining(), STEP), maxBytes - length);
    if (length + n > head.length)
      head = Arrays.copyOf(head, Math.min(maxBytes, Math.max(length + n, head.length * 2)));
    in.get(head, length, n);
    int before = length;
    length += n;
    return before;
  }

  /** The place after the empty line; -1 as long as there is none. */
  private int endOfHead(int from) throws BadRequestException {
    byte last = from == 0 ? 0 : head[from - 1];
    for (int i = from; i < length; i++) {
      byte b = head[i];
      if (b == '\n') {
        if (last != '\r') throw bad("a line ends with a bare LF");
        if (i == 1 || (i >= 3 && head[i - 2] == '\n')) return i + 1;
      } else if (last == '\r') {
        throw bad("a CR is not followed by LF");
      }
      last = b;
    }
    return -1;
  }

  /** An empty line before the request line is passed over (RFC 9112 §2.2). */
  private boolean isEmptyLine() throws BadRequestException {
    if (length > 2) return false;
    if (++emptyLines > MAX_EMPTY_LINES) throw bad("empty lines instead of a request");
    length = 0;
    return true;
  }

  private RequestHead parse() throws BadRequestException {
    int end = lineEnd(0);
    int methodEnd = indexOf(' ', 0, end);
    int targetEnd = methodEnd < 0 ? -1 : indexOf(' ', methodEnd + 1, end);
    if (targetEnd < 0) throw bad("the request line is not METHOD TARGET VERSION");
    String method = ascii(0, methodEnd);
    if (!FieldSyntax.isToken(method)) throw bad("the method is not a token");
    String target = target(methodEnd + 1, targetEnd);
    boolean http11 = HeadChecks.isHttp11(ascii(targetEnd + 1, end));
    Headers headers = fields(end + 2);
    if (method.equals("CONNECT")) throw new BadRequestException(501, "CONNECT is not supported");
    HeadChecks.host(headers, http11);
    long contentLength = HeadChecks.contentLength(headers, http11);
    HeadChecks.expectation(headers);
    HeadChecks.maxForwards(method, headers);
    if (contentLength != 0 && method.equals("TRACE")) throw bad("a TRACE has no body");
    return new RequestHead(method, target, path(method, target), http11, headers, contentLength);
  }

  private String target(int from, int to) throws BadRequestException {
    if (from == to) throw bad("the request target is empty");
    for (int i = from; i < to; i++) {
      if (head[i] <= ' ' || head[i] == 0x7f)
        throw bad("the request target has a character that must be encoded");
    }
    return ascii(from, to);
  }

  /**
   * The path of an origin-form or absolute-form target, or {@code *} where that is asked for (RFC
   * 9112 §3.2).
   */
  private static String path(String method, String target) throws BadRequestException {
    if (target.equals("*") && method.equals("OPTIONS")) return target;
    int from = authorityEnd(target);
    int query = target.indexOf('?', from);
    String path = target.substring(from, query < 0 ? target.length() : query);
    return path.isEmpty() ? "/" : path;
  }

  /** Where the path begins: behind scheme and authority, if there are such. */
  private static int authorityEnd(String target) throws BadRequestException {
    if (target.startsWith("/")) return 0;
    int from = schemeEnd(target);
    int end = from;
    while (end >= 0 && end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) end++;
    if (from < 0 || end == from) throw bad("the request target is neither a path nor a URL");
    return end;
  }

  private static int schemeEnd(String target) {
    if (Ascii.startsWithIgnoreCase(target, "http://")) return 7;
    return Ascii.startsWithIgnoreCase(target, "https://") ? 8 : -1;
  }

  private Headers fields(int from) throws BadRequestException {
    Headers.Builder fields = new Headers.Builder();
    int start = from;
    while (start < length - 2) {
      int end = lineEnd(start);
      if (fields.size() == maxFields)
        throw new BadRequestException(431, "the request has over " + maxFields + " fields");
      int colon = indexOf(':', start, end);
      if (colon < 0) throw bad("a field line has no colon");
      String name = FieldSyntax.name(head, start, colon);
      if (name == null) throw bad("a field name is not a token");
      fields.add(name, value(colon + 1, end));
      start = end + 2;
    }
    return fields.build();
  }

  private String value(int from, int to) throws BadRequestException {
    int start = from;
    int end = to;
    while (start < end && Ascii.isBlank(head[start])) start++;
    while (end > start && Ascii.isBlank(head[end - 1])) end--;
    boolean ascii = true;
    for (int i = start; i < end; i++) {
      if ((head[i] >= 0 && head[i] < ' ' && head[i] != '\t') || head[i] == 0x7f) {
        throw bad("a field value has a control character");
      }
      ascii &= head[i] >= 0;
    }
    return ascii ? ascii(start, end) : FieldText.of(head, start, end);
  }

  private int lineEnd(int from) {
    int i = from;
    while (head[i] != '\r') i++;
    return i;
  }

  private int indexOf(char c, int from, int to) {
    for (int i = from; i < to; i++) {
      if (head[i] == c) return i;
    }
    return -1;
  }

  private String ascii(int from, int to) {
    return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static BadRequestException bad(String message) {
    return new BadRequestException(400, message);
  }
}
