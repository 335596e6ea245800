package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@link StreamingIT} says, of the engine httpclient. What it does otherwise is asserted as it
 * is: a Java that has mended it fails here, and docs/engines.md has a row too many.
 */
@ExtendWith(WithHttpClient.class)
class HttpClientStreamingIT extends StreamingIT {
  /** Such that a Java which reads an answer early would have been heard. */
  private static final int SILENCE_MILLIS = 300;

  /** More than the heap, which is what matters. */
  @Override
  int mib() {
    return Math.min(96, super.mib());
  }

  /** JDK-8350451: nothing of an answer is read before all of the request is sent. */
  @Override
  @Test
  void anEchoRunsBothWaysAtOnce() throws IOException {
    tunnel.origin.on(
        "/duplex",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          r.body(r::sendChunk);
          r.send("0\r\n\r\n");
        });
    try (Caller c = new Caller(tunnel.port)) {
      c.head("POST", tunnel.origin.url("/duplex"), "Content-Length: 2");
      c.send("a");
      c.socket.setSoTimeout(SILENCE_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> c.in.read());
      c.socket.setSoTimeout(10_000);
      c.send("b");
      assertEquals("ab", c.answer("POST").text());
    }
  }
}
