package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

class DeadlinesTest {
  static {
    TestJvm.set();
  }

  private static final Route ROUTE = new Route(false, "a.test", 80);
  private final long start = System.nanoTime();

  private static Deadlines deadlines(int responseSeconds) {
    return new Deadlines(
        new OriginLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(responseSeconds),
            Duration.ofSeconds(4),
            1000));
  }

  private @Nullable ReplayException late(int responseSeconds, RequestBody body, int seconds) {
    // A second more than it may be, for the clock runs while this does.
    long now = start + TimeUnit.SECONDS.toNanos(seconds);
    return deadlines(responseSeconds).late(ROUTE, body, start, now);
  }

  private static RequestBody subscribed(long length) {
    RequestBody body = new RequestBody(length, () -> {}, () -> {});
    HttpRequest.BodyPublisher publisher = body;
    publisher.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(10);
          }

          @Override
          public void onNext(ByteBuffer part) {}

          @Override
          public void onError(Throwable failure) {}

          @Override
          public void onComplete() {}
        });
    return body;
  }

  @Test
  void anUploadThatHasNoConnectionFailsAsConnecting() {
    RequestBody body = new RequestBody(-1, () -> {}, () -> {});
    assertNull(late(0, body, 10));
    ReplayException late = late(0, body, 13);
    assertNotNull(late);
    assertEquals(Failure.CONNECT_TIMEOUT, late.failure());
  }

  @Test
  void anUploadOfWhichNothingMovesFailsWithTheReason() {
    RequestBody body = subscribed(-1);
    assertNull(late(5, body, 58));
    ReplayException late = late(5, body, 90);
    assertNotNull(late);
    assertEquals(Failure.ENGINE, late.failure());
    assertTrue(
        late.getMessage().startsWith("the engine httpclient reads no answer before the whole"),
        late.getMessage());
  }

  @Test
  void anAnswerIsAwaitedFromTheEndOfTheRequestOn() {
    RequestBody body = subscribed(-1);
    body.offer(ByteBuffer.allocate(0), true);
    assertTrue(body.whole());
    assertNull(late(5, body, 4));
    ReplayException late = late(5, body, 60);
    assertNotNull(late);
    assertEquals(Failure.NO_ANSWER, late.failure());
    assertNull(late(0, body, 10_000));
  }
}
