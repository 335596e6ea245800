package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link ExchangeTest} says, of the engine httpclient. What it does otherwise is asserted as
 * it is: a Java that has mended it fails here, and docs/engines.md has a row too many.
 */
@ExtendWith(WithHttpClient.class)
class HttpClientExchangeTest extends ExchangeTest {
  /** Such that a Java which reads an answer early would have been heard. */
  private static final int SILENCE_MILLIS = 300;

  /** JDK-8283544. */
  @Override
  boolean saysZero() {
    return Runtime.version().feature() < 19;
  }

  @Override
  String userAgent() {
    return "Java-http-client/" + System.getProperty("java.version");
  }

  /** JDK-8350451: what the origin has answered is read when all of the request is sent. */
  private void nothingComesYet() throws IOException {
    peer.hearsNothing(SILENCE_MILLIS);
  }

  @Override
  @Test
  void theHeadGoesOutBeforeABodyHasCome() throws Exception {
    answerEarly();
    peer.envelope("POST", origin.url("/early"), 2);
    fixture.awaitRequest("/early");
    nothingComesYet();
    peer.binary("ab".getBytes(StandardCharsets.US_ASCII));
    assertEquals("ab", peer.answer().text());
    fixture.works(peer);
  }

  @Override
  @Test
  void bothBodiesRunAtTheSameTime() throws Exception {
    echo();
    peer.envelope("POST", origin.url("/echo"), -1);
    peer.frame(Peer.BINARY, false, random(10));
    fixture.awaitRequest("/echo");
    nothingComesYet();
    peer.frame(Peer.CONTINUATION, true, random(10));
    assertEquals(20, peer.answer().body().length);
    fixture.works(peer);
  }

  @Override
  @ParameterizedTest
  @ValueSource(ints = {200, 413})
  void anEarlyAnswerIsPassedOnAtOnceAndTheConnectionGoesOn(int status) throws Exception {
    refuseEarly(status);
    peer.envelope("POST", origin.url("/refuse"), 100_000);
    peer.frame(Peer.BINARY, false, random(50_000));
    fixture.awaitRequest("/refuse");
    nothingComesYet();
    peer.frame(Peer.CONTINUATION, true, random(50_000));
    assertEquals(status, peer.answer().head().status());
    fixture.works(peer);
  }

  /** The answer may be lost with the connection: then it is an error, and all else goes on. */
  @Override
  @Test
  void anOriginThatAnswersAndClosesEndsTheUploadButNotTheConnection() throws Exception {
    origin.on(
        "/close",
        r ->
            r.answerAndEnd(
                "HTTP/1.1 413 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", true));
    peer.envelope("POST", origin.url("/close"), -1);
    peer.frame(Peer.BINARY, false, random(10));
    for (int i = 0; i < 100; i++) peer.frame(Peer.CONTINUATION, false, random(50_000));
    peer.frame(Peer.CONTINUATION, true, new byte[0]);
    int status = peer.answer().head().status();
    assertTrue(status == 413 || status == 527, "status " + status);
    fixture.works(peer);
  }
}
