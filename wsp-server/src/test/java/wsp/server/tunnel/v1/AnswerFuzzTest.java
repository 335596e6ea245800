package wsp.server.tunnel.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.testing.Seeds;
import wsp.websocket.ProtocolViolationException;

/**
 * Whatever a client answers, and in whatever pieces, a caller gets one length that holds, or the
 * answer is refused. Here for the seeds; under the profile {@code fuzz} a fuzzer looks for more.
 * The first byte of the input says how the rest is cut, and with an H that it answers a HEAD; what
 * follows the last line end is the body, the rest the envelope.
 */
public class AnswerFuzzTest {
  private static final int MAX_ENVELOPE = 1024;

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    int end = input.length - 1;
    while (end > 0 && input[end] != '\n') end--;
    if (end == 0) end = input.length;
    byte[] json = Arrays.copyOfRange(input, 1, end);
    String envelope = new String(json, StandardCharsets.UTF_8);
    int body = Math.max(0, input.length - end - 1);
    boolean toHead = input[0] == 'H';
    Random cuts = new Random(input[0]);
    String whole = read(toHead, envelope, body, () -> 1 << 20);
    assertEquals(whole, read(toHead, envelope, body, () -> 1));
    int largest = 1 + cuts.nextInt(32);
    assertEquals(whole, read(toHead, envelope, body, () -> 1 + cuts.nextInt(largest)));
  }

  private interface Cut {
    int next();
  }

  private static String read(boolean toHead, String envelope, int body, Cut cut) {
    Answer answer = new Answer(MAX_ENVELOPE, toHead ? "HEAD" : "GET", new Budget(1 << 20));
    try {
      assertTrue(answer.awaited(), "nothing has come");
      for (int at = 0, n; at == 0 || at < envelope.length(); at += n) {
        n = Math.max(1, Math.min(cut.next(), envelope.length() - at));
        String part = envelope.substring(at, Math.min(at + n, envelope.length()));
        answer.text(part, at + n >= envelope.length());
      }
      for (int at = 0, n; at == 0 || at < body; at += n) {
        n = Math.max(1, Math.min(cut.next(), body - at));
        answer.body(Math.min(n, body - at), at + n >= body);
      }
      answer.end();
    } catch (ProtocolViolationException e) {
      assertTrue(e.closeCode() == 1002 || e.closeCode() == 1009, "code " + e.closeCode());
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
      return e.closeCode() + " " + e.getMessage();
    }
    assertTrue(answer.complete(), "its last piece has come");
    ResponseEnvelope told = answer.checked().forCaller();
    check(told, toHead, body, answer.checked().hasSurplus());
    return told.status() + " " + told.contentLength() + " " + told.headers().byCanonicalName();
  }

  private static void check(ResponseEnvelope told, boolean toHead, int body, boolean surplus) {
    int status = told.status();
    assertTrue(status >= 200 && status <= 999, "" + status);
    boolean hasBody = !toHead && status != 204 && status != 304;
    assertEquals(!hasBody && body > 0, surplus);
    if (hasBody && told.contentLength() >= 0) assertEquals(body, told.contentLength());
    List<String> lengths = told.headers().all("Content-Length");
    for (String length : lengths) assertEquals(Long.parseLong(length), told.contentLength());
    for (String hop : List.of("Connection", "Transfer-Encoding", "Upgrade", "TE", "Trailer"))
      assertFalse(told.headers().has(hop), hop);
  }
}
