package wsp.server.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.testing.Await;

class CheckedAnswerTest {
  private static ResponseEnvelope head(Headers fields) {
    return new ResponseEnvelope(200, fields, 5);
  }

  @Test
  void nothingOfTheHeadIsKeptOnceItHasGoneOn() throws Exception {
    WeakReference<Headers> fields = new WeakReference<>(Headers.of("X-Long", "x".repeat(9999)));
    CheckedAnswer answer = new CheckedAnswer(head(fields.get()), "GET");
    assertEquals("x".repeat(9999), answer.forCaller().headers().first("X-Long"));
    Await.until(
        "the fields are garbage",
        () -> {
          System.gc();
          return fields.get() == null;
        });
    assertTrue(answer.body(5, true), "its length is known");
    assertThrows(IllegalStateException.class, answer::forCaller);
  }
}
