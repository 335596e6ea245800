package wsp.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Arrays;
import wsp.text.Ascii;

/**
 * Envelopes to and from JSON, by streaming and without trees; the only place apart from the
 * configuration print that knows Jackson. Reading takes field names in any case, {@code null} for
 * an empty map, and passes over fields it does not know, as the original daemons do; what they
 * would put on a line of its own is checked here, once, for both directions. Safe for all threads.
 *
 * <p>Nearly all that comes is plain, and of that {@link PlainEnvelope} makes the same envelopes in
 * less than half the time and memory: the request of a browser in 0.55 us and 1.2 KB instead of 1.2
 * us and 2.8 KB. Everything else, and every error, is decided by Jackson.
 */
public final class EnvelopeCodec {
  /** {@code maxenvelope} is the limit, and not one of Jackson's, of 50,000 characters a name. */
  private static final StreamReadConstraints OF_ANY_LENGTH =
      StreamReadConstraints.builder()
          .maxNameLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  /** Without a memory of names: peers choose them, and would fill it or make them collide. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(OF_ANY_LENGTH)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

  private static final int USUAL_CHARS = 512;

  private EnvelopeCodec() {}

  public static String encode(RequestEnvelope envelope) {
    StringBuilder out = new StringBuilder(USUAL_CHARS);
    text(out.append("{\"Method\":"), envelope.method());
    text(out.append(",\"URL\":"), envelope.url());
    return end(out, envelope.headers(), envelope.contentLength());
  }

  public static String encode(ResponseEnvelope envelope) {
    StringBuilder out = new StringBuilder(USUAL_CHARS);
    out.append("{\"StatusCode\":").append(envelope.status());
    return end(out, envelope.headers(), envelope.contentLength());
  }

  private static String end(StringBuilder out, Headers headers, long contentLength) {
    headers(out, headers);
    return out.append(",\"ContentLength\":").append(contentLength).append('}').toString();
  }

  private static void headers(StringBuilder out, Headers headers) {
    out.append(",\"Header\":{");
    int empty = out.length();
    headers.forEachName(
        (name, values) -> {
          if (out.length() > empty) out.append(',');
          text(out, name);
          out.append(":[");
          for (int i = 0; i < values.size(); i++) {
            if (i > 0) out.append(',');
            text(out, values.get(i));
          }
          out.append(']');
        });
    out.append('}');
  }

  /** Jackson knows how to escape; nearly always there is nothing to, and it goes step by step. */
  private static void text(StringBuilder out, String s) {
    out.append('"');
    if (PlainText.isPlain(s)) out.append(s);
    else if (FieldText.hasBytes(s)) quoteWithBytes(out, s);
    else QUOTES.quoteAsString(s, out);
    out.append('"');
  }

  /** A lone surrogate is no text that UTF-8 could have: it crosses as an escape. */
  private static void quoteWithBytes(StringBuilder out, String s) {
    StringBuilder quoted = new StringBuilder(s.length() + USUAL_CHARS);
    QUOTES.quoteAsString(s, quoted);
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      boolean pair = i + 1 < quoted.length() && Character.isSurrogatePair(c, quoted.charAt(i + 1));
      if (pair) out.append(c).append(quoted.charAt(++i));
      else if (Character.isSurrogate(c)) out.append("\\u").append(Integer.toHexString(c));
      else out.append(c);
    }
  }

  /** Reads a request envelope; refuses one that could not be written as an HTTP/1.1 head. */
  public static RequestEnvelope decodeRequest(String json) throws EnvelopeException {
    RequestEnvelope plain = PlainEnvelope.request(json);
    return plain != null ? plain : requestByJackson(json);
  }

  static RequestEnvelope requestByJackson(String json) throws EnvelopeException {
    Fields f = new Fields("Method", "URL");
    f.read(json);
    if (!FieldSyntax.isToken(f.text[0]))
      throw new EnvelopeException("the envelope's Method is not a token");
    return new RequestEnvelope(f.text[0], f.text[1], f.headers.build(), f.contentLength);
  }

  /** Reads a response envelope; refuses one that could not be written as an HTTP/1.1 head. */
  public static ResponseEnvelope decodeResponse(String json) throws EnvelopeException {
    return response(json, 200);
  }

  private static ResponseEnvelope response(String json, int lowest) throws EnvelopeException {
    ResponseEnvelope plain = PlainEnvelope.response(json);
    return plain != null ? plain : responseByJackson(json, lowest);
  }

  static ResponseEnvelope responseByJackson(String json, int lowest) throws EnvelopeException {
    Fields f = new Fields();
    f.read(json);
    if (f.status < lowest || f.status > 999) {
      throw new EnvelopeException(
          "the envelope's StatusCode is " + f.status + ", not " + lowest + " to 999");
    }
    return new ResponseEnvelope((int) f.status, f.headers.build(), f.contentLength);
  }

  /** The same for a wire on which statuses from 100 on have a meaning. */
  public static ResponseEnvelope decodeAnyResponse(String json) throws EnvelopeException {
    return response(json, 100);
  }

  public static String encodeTrailers(Headers fields) {
    StringBuilder out = new StringBuilder("{");
    headers(out, fields);
    return out.deleteCharAt(1).append('}').toString();
  }

  /** Reads the fields behind a body; refuses those that could not be written in HTTP/1.1. */
  public static Headers decodeTrailers(String json) throws EnvelopeException {
    Fields f = new Fields();
    f.read(json);
    return f.headers.build();
  }

  /** The fields that were read so far; the last of a repeated field stands. */
  private static final class Fields {
    private final String[] textNames;
    private final String[] text;
    private Headers.Builder headers = new Headers.Builder();
    private long contentLength;
    private long status;

    Fields(String... textNames) {
      this.textNames = textNames;
      this.text = new String[textNames.length];
      Arrays.fill(text, "");
    }

    void read(String json) throws EnvelopeException {
      try (JsonParser p = JSON.createParser(json)) {
        if (p.nextToken() != JsonToken.START_OBJECT)
          throw new EnvelopeException("an envelope is a JSON object");
        while (p.nextToken() == JsonToken.FIELD_NAME) {
          String name = p.currentName();
          p.nextToken();
          readField(p, name);
        }
        if (p.currentToken() != JsonToken.END_OBJECT || p.nextToken() != null) {
          throw new EnvelopeException("an envelope is one JSON object and nothing after it");
        }
      } catch (IOException e) {
        // Jackson's message may quote the content.
        throw new EnvelopeException("the envelope is not valid JSON");
      }
    }

    private void readField(JsonParser p, String name) throws IOException, EnvelopeException {
      for (int i = 0; i < textNames.length; i++) {
        if (Ascii.equalsIgnoreCase(name, textNames[i])) {
          expect(p, JsonToken.VALUE_STRING, textNames[i]);
          text[i] = p.getText();
          return;
        }
      }
      if (Ascii.equalsIgnoreCase(name, "ContentLength")) {
        contentLength = integer(p, "ContentLength");
        if (contentLength < RequestEnvelope.UNKNOWN)
          throw new EnvelopeException("the envelope's ContentLength is below -1");
      } else if (Ascii.equalsIgnoreCase(name, "StatusCode")) {
        status = integer(p, "StatusCode");
      } else if (Ascii.equalsIgnoreCase(name, "Header")) {
        readHeaders(p);
      } else {
        p.skipChildren();
      }
    }

    private static long integer(JsonParser p, String name) throws IOException, EnvelopeException {
      expect(p, JsonToken.VALUE_NUMBER_INT, name);
      return p.getLongValue();
    }

    private void readHeaders(JsonParser p) throws IOException, EnvelopeException {
      headers = new Headers.Builder();
      if (p.currentToken() == JsonToken.VALUE_NULL) return;
      expect(p, JsonToken.START_OBJECT, "Header");
      while (p.nextToken() == JsonToken.FIELD_NAME) {
        String name = p.currentName();
        if (!FieldSyntax.isToken(name))
          throw new EnvelopeException("a field name in the envelope is not a token");
        JsonToken value = p.nextToken();
        if (value == JsonToken.VALUE_NULL) continue;
        expect(p, JsonToken.START_ARRAY, "Header");
        while (p.nextToken() != JsonToken.END_ARRAY) {
          expect(p, JsonToken.VALUE_STRING, "Header");
          if (!FieldSyntax.isValue(p.getText())) {
            throw new EnvelopeException(
                "the field "
                    + name
                    + " in the envelope has a control character or half a surrogate pair in its"
                    + " value");
          }
          // Blanks around it are not the value's (RFC 9110 §5.5): the rules judge it as origins do.
          headers.add(UsualNames.defined(name), Ascii.trim(p.getText()));
        }
      }
    }

    private static void expect(JsonParser p, JsonToken token, String name)
        throws EnvelopeException {
      if (p.currentToken() != token)
        throw new EnvelopeException("the envelope's " + name + " has the wrong type");
    }
  }
}
