package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  static {
    TestJvm.set();
  }

  /** What HttpClient was given, in order; a dot is the end. */
  private final StringBuilder given = new StringBuilder();

  private int taken;

  private final Flow.Subscriber<ByteBuffer> httpClient =
      new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(ByteBuffer part) {
          given.append(StandardCharsets.US_ASCII.decode(part));
        }

        @Override
        public void onError(Throwable failure) {
          given.append('!');
        }

        @Override
        public void onComplete() {
          given.append('.');
        }
      };

  private RequestBody body(long length) {
    return new RequestBody(length, () -> taken++, () -> {});
  }

  private static boolean offer(RequestBody to, String part, boolean last) {
    byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
    assertTrue(to.fits(bytes.length, last));
    boolean at = to.offer(ByteBuffer.wrap(bytes), last);
    // The owner uses its buffer again.
    java.util.Arrays.fill(bytes, (byte) '?');
    return at;
  }

  @Test
  void aPartWaitsUntilItIsAskedForAndItsOwnerIsToldOnce() {
    RequestBody body = body(-1);
    assertFalse(offer(body, "ab", false));
    body.subscribe(httpClient);
    assertEquals("", given.toString());
    body.request(1);
    assertEquals("ab", given.toString());
    assertEquals(1, taken);
    body.request(1);
    assertEquals(1, taken);
    assertTrue(offer(body, "cd", false));
    assertFalse(offer(body, "ef", true));
    body.request(5);
    assertEquals("abcdef.", given.toString());
    assertEquals(2, taken);
    assertTrue(body.whole());
  }

  @Test
  void theLastBytesOfAKnownLengthWaitForTheEndThatProvesItWhole() {
    RequestBody body = body(4);
    body.subscribe(httpClient);
    body.request(9);
    assertTrue(offer(body, "ab", false));
    assertTrue(offer(body, "cd", false));
    assertEquals("ab", given.toString());
    assertTrue(offer(body, "", true));
    assertEquals("abcd.", given.toString());
    assertEquals(0, taken);
  }

  @Test
  void aBodyThatIsNotAsLongAsWasSaidDoesNotFit() {
    RequestBody body = body(2);
    assertFalse(body.fits(3, false));
    assertFalse(body(2).fits(1, true));
    assertTrue(body(0).fits(0, true));
  }

  @Test
  void whatIsDroppedIsTakenAndGoesNowhere() {
    RequestBody body = body(-1);
    body.subscribe(httpClient);
    assertFalse(offer(body, "ab", false));
    assertTrue(body.drop());
    assertFalse(body.drop());
    assertTrue(offer(body, "cd", true));
    body.request(9);
    assertEquals("", given.toString());
  }

  @Test
  void aBodyIsSentOnce() {
    RequestBody body = body(-1);
    body.subscribe(httpClient);
    body.subscribe(httpClient);
    assertEquals("!", given.toString());
  }
}
