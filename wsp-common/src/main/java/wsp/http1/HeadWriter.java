package wsp.http1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;

/**
 * A head that is being written, of a request or a response (RFC 9112 §3 to §5). What is given has
 * been checked: lines are not looked at again. For one thread.
 */
public final class HeadWriter {
  private static final int USUAL = 512;

  private byte[] bytes = new byte[USUAL];
  private int size;

  private HeadWriter() {}

  /** A head of a request, with its request line, whose target is as {@link #text} has it. */
  public static HeadWriter request(String method, String target) {
    return request(method, target, true);
  }

  /** The same for HTTP/1.1 or HTTP/1.0. */
  public static HeadWriter request(String method, String target, boolean http11) {
    HeadWriter out = new HeadWriter().ascii(method).ascii(" ").text(target);
    return out.ascii(http11 ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n");
  }

  public static HeadWriter response(int status) {
    return response(status, Reasons.of(status));
  }

  /** The same with a phrase of its own, of printable ASCII. */
  public static HeadWriter response(int status, String reason) {
    HeadWriter out = new HeadWriter().ascii("HTTP/1.1 ").ascii(Integer.toString(status));
    return out.ascii(" ").ascii(reason).ascii("\r\n");
  }

  /**
   * The last chunk of a body, which fields and {@link #end} make its trailers (RFC 9112 §7.1.2).
   */
  public static HeadWriter lastChunk() {
    return new HeadWriter().ascii("0\r\n");
  }

  /** Appends ASCII: a start line, a name, what has been checked. */
  @SuppressWarnings("deprecation") // The low bytes of ASCII are its bytes, without an encoder.
  private HeadWriter ascii(String s) {
    ensure(s.length());
    s.getBytes(0, s.length(), bytes, size);
    size += s.length();
    return this;
  }

  /**
   * Appends a value as {@link FieldText} has it; never the low bytes of wide characters, which
   * could be CR and LF.
   */
  private HeadWriter text(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) > 0x7e) return bytes(FieldText.bytes(s));
    }
    return ascii(s);
  }

  public HeadWriter field(String name, String value) {
    return ascii(name).ascii(": ").text(value).ascii("\r\n");
  }

  public HeadWriter fields(Headers fields) {
    fields.forEach(this::field);
    return this;
  }

  /** Appends what says how long the body is: {@link BodyReader#CHUNKED}, or so many bytes. */
  public HeadWriter framing(long length) {
    if (length == BodyReader.CHUNKED) return ascii("Transfer-Encoding: chunked\r\n");
    return field("Content-Length", Long.toString(length));
  }

  /** Ends the head: all of it, ready to be read. */
  public ByteBuffer end() {
    ascii("\r\n");
    return ByteBuffer.wrap(bytes, 0, size);
  }

  private HeadWriter bytes(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, size * 2));
  }
}
