package wsp.envelope;

import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * Reads an envelope in the form that envelopes nearly always have: the known fields in their exact
 * spelling, each at most once, printable ASCII, no white space between. Refuses every other
 * envelope, and so every one that is wrong: then {@link EnvelopeCodec} lets Jackson decide. Jackson
 * would read alike all that is read here. For one text and one thread.
 */
final class PlainEnvelope {
  /** Beyond this length of an envelope Jackson has limits of its own, for names and for texts. */
  static final int LONGEST = 32_768;

  /** So many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  private static final int STATUS_DIGITS = 3;

  private static final int METHOD = 1;
  private static final int URL = 2;
  private static final int STATUS = 4;
  private static final int HEADER = 8;
  private static final int LENGTH = 16;

  private final PlainText in;

  /** Those fields that may still come. */
  private int open;

  private String method = "";
  private String url = "";
  private Headers headers = Headers.EMPTY;
  private long contentLength;
  private int status;

  private PlainEnvelope(String json, int fields) {
    this.in = new PlainText(json);
    this.open = fields;
  }

  /** The request envelope, or null if Jackson has to look at it. */
  static @Nullable RequestEnvelope request(String json) {
    PlainEnvelope e = new PlainEnvelope(json, METHOD | URL | HEADER | LENGTH);
    if (!e.read(json) || !FieldSyntax.isToken(e.method)) return null;
    return new RequestEnvelope(e.method, e.url, e.headers, e.contentLength);
  }

  /** The response envelope, or null if Jackson has to look at it. */
  static @Nullable ResponseEnvelope response(String json) {
    PlainEnvelope e = new PlainEnvelope(json, STATUS | HEADER | LENGTH);
    if (!e.read(json) || e.isOpen(STATUS)) return null;
    return new ResponseEnvelope(e.status, e.headers, e.contentLength);
  }

  private boolean read(String json) {
    if (json.length() > LONGEST || !in.take('{')) return false;
    do {
      if (!field()) return false;
    } while (in.take(','));
    return in.take('}') && in.isAtEnd();
  }

  private boolean field() {
    return switch (in.second()) {
      case 'M' -> in.take("\"Method\":") && first(METHOD) && method();
      case 'U' -> in.take("\"URL\":") && first(URL) && url();
      case 'S' -> in.take("\"StatusCode\":") && first(STATUS) && status();
      case 'H' -> in.take("\"Header\":{") && first(HEADER) && headers();
      case 'C' -> in.take("\"ContentLength\":") && first(LENGTH) && contentLength();
      default -> false;
    };
  }

  private boolean isOpen(int field) {
    return (open & field) != 0;
  }

  private boolean first(int field) {
    boolean first = isOpen(field);
    open &= ~field;
    return first;
  }

  private boolean method() {
    String text = in.text();
    if (text == null) return false;
    method = text;
    return true;
  }

  private boolean url() {
    String text = in.text();
    if (text == null) return false;
    url = text;
    return true;
  }

  private boolean status() {
    status = (int) in.integer(STATUS_DIGITS);
    return status >= 200;
  }

  private boolean contentLength() {
    contentLength = in.take("-1") ? RequestEnvelope.UNKNOWN : in.integer(LONG_DIGITS);
    return contentLength != PlainText.REFUSED;
  }

  private boolean headers() {
    if (in.take('}')) return true;
    Headers.Builder fields = new Headers.Builder();
    do {
      if (!values(fields)) return false;
    } while (in.take(','));
    headers = fields.build();
    return in.take('}');
  }

  private boolean values(Headers.Builder fields) {
    String name = in.nameOfArray();
    if (name == null) return false;
    if (in.take(']')) return true;
    do {
      String value = in.text();
      if (value == null) return false;
      fields.add(name, Ascii.trim(value));
    } while (in.take(','));
    return in.take(']');
  }
}
