package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.client.origin.ReplayException;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.ResponseEnvelope;
import wsp.testing.Seeds;

/**
 * What holds of everything that an origin may answer: it is read alike wherever the network cuts
 * it, and what is passed on is valid and framed as it says. Here for the seeds; under the profile
 * {@code fuzz} a fuzzer looks for more. The first byte of the input says how the rest is cut; where
 * it is an H, the request was a HEAD.
 */
public class ResponseFuzzTest {
  private static final int MAX_HEADER = 2048;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern CHUNK =
      Pattern.compile("(0*[0-9A-Fa-f]{1,15})(?:[; \\t][^\\r\\n]*)?\\r\\n");
  private static final Pattern TRAILER = Pattern.compile("(?:[^\\r\\n]+\\r\\n)*\\r\\n");

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    byte[] sent = Arrays.copyOfRange(input, 1, input.length);
    String method = input[0] == 'H' ? "HEAD" : "GET";
    Random cuts = new Random(input[0]);
    int largest = 1 + cuts.nextInt(64);
    Reading whole = Reading.of(method, sent, () -> sent.length);
    whole.check(method, sent);
    whole.isTheSameAs(Reading.of(method, sent, () -> 1));
    whole.isTheSameAs(Reading.of(method, sent, () -> 1 + cuts.nextInt(largest)));
  }

  private interface Cut {
    int next();
  }

  /** A response, read as far as it goes. */
  private static final class Reading extends Collected {
    private final ResponseReader reader = new ResponseReader(MAX_HEADER);
    private @Nullable ReplayException failure;
    private boolean regularEnd;
    private int read;

    static Reading of(String method, byte[] sent, Cut cut) {
      Reading reading = new Reading();
      reading.reader.expect(method, false, false, null);
      try {
        while (reading.read < sent.length && !reading.reader.complete()) {
          int n = Math.min(cut.next(), sent.length - reading.read);
          reading.read(Arrays.copyOfRange(sent, reading.read, reading.read + n));
        }
        reading.regularEnd = !reading.reader.complete() && reading.reader.end();
      } catch (ReplayException e) {
        assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
        reading.failure = e;
      }
      return reading;
    }

    private void read(byte[] piece) throws ReplayException {
      ByteBuffer in = ByteBuffer.wrap(piece);
      reader.read(in, this);
      assertTrue(!in.hasRemaining() || reader.complete(), "something was left");
      read += in.position();
    }

    void isTheSameAs(Reading other) {
      assertEquals(head, other.head);
      assertEquals(failure == null, other.failure == null, () -> failure + ", " + other.failure);
      if (failure != null && other.failure != null) {
        assertEquals(failure.failure(), other.failure.failure());
        assertEquals(failure.getMessage(), other.failure.getMessage());
        // The sooner bytes come, the more is passed on before the failure.
        assertTrue(other.body.toString().startsWith(body.toString()), "another body");
        return;
      }
      assertEquals(body.toString(), other.body.toString());
      assertEquals(ended, other.ended);
      assertEquals(regularEnd, other.regularEnd);
      assertEquals(read, other.read);
      assertEquals(reader.keepAliveSeconds(), other.reader.keepAliveSeconds());
      assertEquals(reader.complete(), other.reader.complete());
    }

    void check(String method, byte[] sent) {
      if (head == null) {
        assertEquals("", body.toString());
        return;
      }
      crossesTheWire(head);
      if (failure != null) return;
      if (read < sent.length)
        assertEquals(Keeping.SURPLUS, reader.keeping(), "with bytes left over");
      hasTheBodyItSays(head, method, new String(sent, StandardCharsets.ISO_8859_1));
    }

    private static void crossesTheWire(ResponseEnvelope head) {
      String json = EnvelopeCodec.encode(head);
      try {
        ResponseEnvelope received = EnvelopeCodec.decodeResponse(json);
        assertEquals(head.status(), received.status());
        assertEquals(head.contentLength(), received.contentLength());
        assertEquals(head.headers().byCanonicalName(), received.headers().byCanonicalName());
      } catch (EnvelopeException e) {
        throw new AssertionError(json, e);
      }
      head.headers().forEach((name, value) -> assertTrue(name.matches(TOKEN), name));
      for (String hop : List.of("Connection", "Transfer-Encoding", "Upgrade", "Keep-Alive"))
        assertFalse(head.headers().has(hop), hop);
      List<String> lengths = head.headers().all("Content-Length");
      assertTrue(lengths.size() <= 1, () -> "lengths " + lengths);
      if (!lengths.isEmpty()) assertEquals("" + head.contentLength(), lengths.get(0));
    }

    private void hasTheBodyItSays(ResponseEnvelope given, String method, String octets) {
      String rest = octets.substring(0, read);
      boolean none = method.equals("HEAD") || given.status() == 204 || given.status() == 304;
      if (none) assertEquals("", body.toString());
      else if (given.contentLength() >= 0) assertEquals(given.contentLength(), body.length());
      if (none || given.contentLength() >= 0 || regularEnd) {
        assertTrue(rest.endsWith(body.toString()), "another body");
      } else {
        assertTrue(isFramed(rest), () -> "not chunked: " + rest);
      }
    }

    /** One of the places after an empty line is where the chunks begin. */
    private boolean isFramed(String octets) {
      for (int at = octets.indexOf("\n"); at >= 0; at = octets.indexOf("\n", at + 1)) {
        if (body.toString().equals(dechunked(octets, at + 1))) return true;
      }
      return false;
    }
  }

  /** What the chunks from there to the end hold, in the plainest way; null if they are none. */
  private static @Nullable String dechunked(String octets, int from) {
    StringBuilder content = new StringBuilder();
    int at = from;
    while (true) {
      Matcher chunk = CHUNK.matcher(octets).region(at, octets.length());
      if (!chunk.lookingAt()) return null;
      long size = Long.parseLong(chunk.group(1), 16);
      at = chunk.end();
      if (size == 0) break;
      if (size > octets.length() - at || !octets.startsWith("\r\n", at + (int) size)) return null;
      content.append(octets, at, at + (int) size);
      at += (int) size + 2;
    }
    return TRAILER.matcher(octets.substring(at)).matches() ? content.toString() : null;
  }
}
