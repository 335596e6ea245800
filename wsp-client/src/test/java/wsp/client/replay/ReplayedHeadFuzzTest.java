package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.RequestEnvelope;
import wsp.testing.Seeds;

/**
 * Whatever a server sends as an envelope, an origin gets one valid head with one framing, and no
 * field that is none of its business. Here for the seeds; under the profile {@code fuzz} a fuzzer
 * looks for more. The input is the envelope.
 */
public class ReplayedHeadFuzzTest {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String FIELD = "(" + TOKEN + "): ([\\t -~\\x80-\\xff]*)\\r\\n";

  /** By the grammar of RFC 9112 alone; octets stand for themselves. */
  private static final Pattern HEAD =
      Pattern.compile("(" + TOKEN + ") ([!-~]+) HTTP/1\\.1\\r\\n((?:" + FIELD + ")*)\\r\\n");

  private static final Pattern FIELDS = Pattern.compile(FIELD);

  private static final Set<String> WITHHELD =
      Set.of(
          "x-proxy-destination",
          "x-secret-key",
          "x-proxy-authorization",
          "proxy-authorization",
          "proxy-connection",
          "keep-alive",
          "te",
          "trailer");

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      String json = new String(input, StandardCharsets.UTF_8);
      RequestEnvelope envelope = EnvelopeCodec.decodeRequest(json);
      check(envelope, Destination.parse(envelope.url()));
    } catch (EnvelopeException | InvalidDestinationException e) {
      // Neither of these is replayed.
    }
  }

  private static void check(RequestEnvelope envelope, Destination destination) {
    String written =
        StandardCharsets.ISO_8859_1.decode(RequestWriter.head(envelope, destination)).toString();
    Matcher head = HEAD.matcher(written);
    assertTrue(head.matches(), () -> "no head: " + written);
    assertEquals(envelope.method(), head.group(1));
    assertEquals(destination.requestTarget(), head.group(2));
    int hosts = 0;
    int framings = 0;
    for (Matcher field = FIELDS.matcher(head.group(3)); field.find(); ) {
      String name = field.group(1).toLowerCase(Locale.ROOT);
      assertFalse(WITHHELD.contains(name), () -> written);
      if (name.equals("connection") || name.equals("upgrade")) {
        // Of a request that goes on with one other protocol, which is no version of HTTP.
        String protocol = String.valueOf(envelope.headers().first("Upgrade"));
        assertEquals(0, envelope.contentLength());
        assertTrue(protocol.matches(TOKEN + "(/" + TOKEN + ")?"), written);
        assertFalse(protocol.equalsIgnoreCase("h2c"), written);
        assertEquals(name.equals("upgrade") ? protocol : "Upgrade", field.group(2));
      } else if (name.equals("expect")) {
        assertEquals("100-continue", field.group(2));
        assertTrue(envelope.contentLength() != 0, written);
      } else if (name.equals("host")) {
        hosts++;
        assertEquals(destination.authority(), field.group(2));
      } else if (name.equals("content-length")) {
        framings++;
        assertEquals("" + envelope.contentLength(), field.group(2));
      } else if (name.equals("transfer-encoding")) {
        framings++;
        assertEquals("chunked", field.group(2));
        assertEquals(-1, envelope.contentLength());
      }
    }
    assertEquals(1, hosts, written);
    assertTrue(framings == 1 || (framings == 0 && envelope.contentLength() == 0), written);
  }
}
