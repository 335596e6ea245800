package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@link SemanticsIT} says, of the engine httpclient. What it does otherwise is asserted as it
 * is: a Java that has mended it fails here, and docs/engines.md has a row too many.
 */
@ExtendWith(WithHttpClient.class)
class HttpClientSemanticsIT extends SemanticsIT {
  /** {@code java.net.URI} makes {@code /t} of it. */
  @Override
  List<String> refusedTargets() {
    return List.of("/t?");
  }

  /** JDK-8283544. */
  @Override
  List<String> lengthOfNone() {
    return Runtime.version().feature() < 19 ? List.of("0") : List.of();
  }

  /** It reads no answer before the body is sent. */
  @Override
  String firstOfRefusal() {
    return "HTTP/1.1 100 ";
  }

  /** Not to be turned off. The jars run by the Java that runs the tests. */
  @Override
  List<String> userAgent() {
    return List.of("Java-http-client/" + System.getProperty("java.version"));
  }

  /** It would send a question mark for each. */
  private static void assertRefused(Caller.Answer answer) {
    assertEquals(527, answer.status, answer::toString);
    assertTrue(answer.text().contains("would change or drop the field"), answer::text);
  }

  /** At once, and nothing reaches the origin. */
  @Test
  void anUpgradeIsRefused() throws IOException {
    tunnel.origin.forget();
    Caller.Answer answer = tunnel.get("/ok", "Connection: Upgrade", "Upgrade: websocket");
    assertEquals(527, answer.status, answer::toString);
    assertTrue(answer.text().contains("the engine httpclient knows no upgrades"), answer::text);
    assertEquals(List.of(), tunnel.origin.seen("/ok"));
  }

  @Override
  @Test
  void aFieldInUtf8KeepsItsBytes() throws IOException {
    assertRefused(tunnel.get("/ok", "X-Utf: caf\u00e9"));
  }

  @Override
  @Test
  void valuesThatAreNotUtf8KeepTheirBytesBothWays() throws IOException {
    String value = "caf\u00e9 \u00a3 \u0080\u00ff";
    tunnel.origin.on(
        "/latin1",
        r -> {
          String head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-B: " + value + "\r\n\r\n";
          r.out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        });
    assertEquals(List.of(value), tunnel.get("/latin1").header("X-B"));
    try (Caller c = new Caller(tunnel.port)) {
      c.send("GET /request HTTP/1.1\r\nHost: x\r\n");
      c.send("X-PROXY-DESTINATION: " + tunnel.origin.url("/latin1") + "\r\nX-B: ");
      c.out.write(value.getBytes(StandardCharsets.ISO_8859_1));
      c.send("\r\n\r\n");
      assertRefused(c.answer("GET"));
    }
  }
}
