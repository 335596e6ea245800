package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.util.List;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * Where a message ends, and whether its connection goes on after it, by the fields of its head (RFC
 * 9112 §6.3, §9.3). A length is bytes, or one of {@link BodyReader}'s two without a length.
 * Stateless.
 */
final class Framing {
  /** Of a number that a long holds, with any digits. */
  static final int MAX_LENGTH_DIGITS = 18;

  private static final int MAX_OPTIONS = 100;
  private static final String CHUNKED = "chunked";

  private Framing() {}

  /** The length of a request's body: only one field may say it, and only once. */
  static long ofRequest(Headers headers, boolean http11) throws MessageException {
    List<String> lengths = headers.all("Content-Length");
    List<String> codings = headers.all("Transfer-Encoding");
    if (lengths.size() > 1) throw bad("Content-Length is repeated");
    if (codings.isEmpty()) return lengths.isEmpty() ? 0 : number(lengths.get(0));
    if (!lengths.isEmpty()) throw bad("Content-Length and Transfer-Encoding exclude each other");
    if (!http11) throw bad("HTTP/1.0 has no Transfer-Encoding");
    if (codings.size() > 1) throw bad("Transfer-Encoding is repeated");
    if (!isChunked(codings.get(0))) refuse(codings.get(0));
    return BodyReader.CHUNKED;
  }

  /** The length of a response that has a body: a coding overrides any length. */
  static long ofResponse(Headers fields, long declared) throws MessageException {
    List<String> codings = fields.all("Transfer-Encoding");
    if (codings.isEmpty()) return declared >= 0 ? declared : BodyReader.UNTIL_CLOSE;
    if (codings.size() > 1 || !isChunked(codings.get(0)))
      throw new MessageException(MessageException.NOT_SUPPORTED, unsupported(fields));
    return BodyReader.CHUNKED;
  }

  /** Two layers of a program often add the field, each without the other's knowledge. */
  private static String unsupported(Headers fields) {
    for (String name : fields.elements("Transfer-Encoding"))
      if (!isChunked(name)) return "unknown transfer coding";
    return "it is chunked twice, by its Transfer-Encoding";
  }

  /** The one length that a response gives, perhaps several times over (§6.3, 5); -1 for none. */
  static long declaredLength(List<String> values) throws MessageException {
    long length = -1;
    for (String value : values) {
      for (String item : value.indexOf(',') < 0 ? List.of(value) : List.of(value.split(",", -1))) {
        long one = number(Ascii.trim(item));
        if (length >= 0 && one != length) throw bad("its lengths differ");
        length = one;
      }
    }
    return length;
  }

  private static long number(String value) throws MessageException {
    long length = Ascii.number(value, MAX_LENGTH_DIGITS);
    if (length < 0) throw bad("Content-Length is not a length");
    return length;
  }

  /**
   * Without chunks at the end no reader can tell where the request ends, under any codings; with
   * them, it is only a coding that is not supported.
   */
  private static void refuse(String codings) throws MessageException {
    String[] names = codings.split(",", -1);
    int chunked = 0;
    for (int i = 0; i < names.length; i++) {
      names[i] = name(Ascii.trim(names[i]));
      if (!FieldSyntax.isToken(names[i])) throw bad("Transfer-Encoding is not a list of codings");
      if (isChunked(names[i])) chunked++;
    }
    if (!isChunked(names[names.length - 1]))
      throw bad("the last transfer coding is not chunked, so that the request has no end");
    if (chunked > 1) throw bad("Transfer-Encoding is chunked twice");
    throw new MessageException(
        MessageException.NOT_SUPPORTED, "only the transfer coding chunked is supported");
  }

  /** That of a coding without its parameters, of which chunked has none (RFC 9112 §7.1). */
  private static String name(String coding) {
    int semicolon = coding.indexOf(';');
    if (semicolon < 0) return coding;
    String name = Ascii.trim(coding.substring(0, semicolon));
    return isChunked(name) ? coding : name;
  }

  private static boolean isChunked(String name) {
    return Ascii.equalsIgnoreCase(name, CHUNKED);
  }

  /**
   * Connection names no more than any sender needs: it is asked for many things at every hop, and a
   * list that fills a head would cost more than all else of a message.
   */
  static void options(Headers headers) throws MessageException {
    int options = 0;
    for (String value : headers.all("Connection")) {
      options++;
      for (int i = value.indexOf(','); i >= 0; i = value.indexOf(',', i + 1)) options++;
    }
    if (options > MAX_OPTIONS) throw bad("Connection names over " + MAX_OPTIONS + " options");
  }

  /** True if another message may follow on the connection (§9.3). */
  static boolean keepsAlive(Headers fields, boolean http11) {
    if (fields.connectionHas("close")) return false;
    return http11 || fields.connectionHas("keep-alive");
  }
}
