package wsp.client.origin;

import org.jspecify.annotations.Nullable;
import wsp.envelope.RequestEnvelope;
import wsp.text.Ascii;

/**
 * The expectation of a request (RFC 9110 §10.1.1): its server keeps the body until the origin says
 * 100, or this side does not wait for that any longer ({@link ResponseSink#onBodyWanted}).
 */
public final class Expectation {
  public static final String VALUE = "100-continue";
  public static final String FIELD = "Expect";

  private Expectation() {}

  public static boolean in(RequestEnvelope request) {
    if (request.contentLength() == 0) return false;
    @Nullable String value = request.headers().first(FIELD);
    return value != null && Ascii.equalsIgnoreCase(value, VALUE);
  }
}
