package wsp.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.FakeServer.Answer;
import wsp.testing.Await;

class ExchangeTest extends ExchangeStage {
  /** Whether a length is sent where there is no body. */
  boolean saysZero() {
    return false;
  }

  /** What is sent where a request has none. */
  @Nullable String userAgent() {
    return null;
  }

  @ParameterizedTest(name = "{0} with {1} bytes")
  @CsvSource({
    "GET, 0",
    "POST, 0",
    "POST, 1",
    "POST, 16376",
    "POST, 16377",
    "PUT, 300001",
    "FOO, 5",
    "GET, 5",
    "DELETE, 5",
    "OPTIONS, 0"
  })
  void anyMethodAndBodyArriveAsTheyAre(String method, int size) throws Exception {
    String body = new String(random(size), StandardCharsets.ISO_8859_1);
    String[] arrived = new String[1];
    origin.on(
        "/m",
        r -> {
          arrived[0] = r.body();
          r.reply("200 OK", "done");
        });
    peer.request(method, origin.url("/m?q"), body.getBytes(StandardCharsets.ISO_8859_1), "A", "b");
    assertEquals("done", peer.answer().text());
    assertEquals(body, arrived[0]);
    ScriptedOrigin.Request request = origin.last("/m");
    assertTrue(request.head.startsWith(method + " /m?q HTTP/1.1\r\n"), request.head);
    boolean length = size > 0 || method.equals("POST") || saysZero();
    assertEquals(length ? String.valueOf(size) : null, request.field("Content-Length"));
    assertNull(request.field("Transfer-Encoding"));
    assertEquals(userAgent(), request.field("User-Agent"));
    fixture.works(peer);
  }

  @Test
  void aBodyOfUnknownLengthIsChunkedPartByPart() throws Exception {
    StringBuilder arrived = new StringBuilder();
    origin.on(
        "/chunked",
        r -> {
          r.body((b, n) -> arrived.append(new String(b, 0, n, StandardCharsets.US_ASCII)));
          r.reply("200 OK", "");
        });
    peer.envelope("POST", origin.url("/chunked"), -1);
    peer.frame(Peer.BINARY, false, "one ".getBytes(StandardCharsets.US_ASCII));
    Await.until("the first part arrives", ClientFixture.SOON, () -> arrived.length() == 4);
    peer.frame(Peer.PING, true, new byte[0]);
    peer.frame(Peer.CONTINUATION, false, new byte[0]);
    peer.frame(Peer.CONTINUATION, false, "two".getBytes(StandardCharsets.US_ASCII));
    Await.until("the second part arrives", ClientFixture.SOON, () -> arrived.length() == 7);
    assertFalse(origin.last("/chunked").whole);
    peer.frame(Peer.CONTINUATION, true, new byte[0]);
    assertEquals(200, peer.answer().head().status());
    assertEquals("one two", arrived.toString());
  }

  final void answerEarly() {
    origin.on(
        "/early",
        r -> {
          r.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
          r.write(r.body());
        });
  }

  final void echo() {
    origin.on(
        "/echo",
        r -> {
          r.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          r.body(r::chunk);
          r.write("0\r\n\r\n");
        });
  }

  final void refuseEarly(int status) {
    origin.on(
        "/refuse",
        r -> {
          r.reply(status + " X", "no");
          r.body();
        });
  }

  @Test
  void theHeadGoesOutBeforeABodyHasCome() throws Exception {
    answerEarly();
    peer.envelope("POST", origin.url("/early"), 2);
    assertEquals(200, peer.answerHead().status());
    peer.binary("ab".getBytes(StandardCharsets.US_ASCII));
    assertEquals("ab", peer.message().text());
    fixture.works(peer);
  }

  @Test
  void bothBodiesRunAtTheSameTime() throws Exception {
    int parts = 400;
    byte[] part = random(50_000);
    echo();
    peer.envelope("POST", origin.url("/echo"), (long) parts * part.length);
    FakeServer.start(
        () -> {
          try {
            for (int i = 0; i < parts; i++)
              peer.frame(i == 0 ? Peer.BINARY : Peer.CONTINUATION, i == parts - 1, part);
          } catch (IOException e) {
            // The test fails by what it reads.
          }
        });
    Answer answer = peer.answer();
    assertEquals(parts * part.length, answer.body().length);
    for (int i = 0; i < parts; i++) {
      int from = i * part.length;
      assertArrayEquals(part, Arrays.copyOfRange(answer.body(), from, from + part.length));
    }
    fixture.works(peer);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 413})
  void anEarlyAnswerIsPassedOnAtOnceAndTheConnectionGoesOn(int status) throws Exception {
    refuseEarly(status);
    peer.envelope("POST", origin.url("/refuse"), 100_000);
    peer.frame(Peer.BINARY, false, random(50_000));
    Answer answer = peer.answer();
    assertEquals(status, answer.head().status());
    assertEquals("no", answer.text());
    peer.frame(Peer.CONTINUATION, true, random(50_000));
    fixture.works(peer);
    assertTrue(origin.last("/refuse").whole, "the origin got all that it was ready to take");
  }

  @Test
  void anOriginThatAnswersAndClosesEndsTheUploadButNotTheConnection() throws Exception {
    origin.on(
        "/close",
        r ->
            r.answerAndEnd(
                "HTTP/1.1 413 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", false));
    peer.envelope("POST", origin.url("/close"), -1);
    peer.frame(Peer.BINARY, false, random(10));
    assertEquals(413, peer.answer().head().status());
    for (int i = 0; i < 100; i++) peer.frame(Peer.CONTINUATION, false, random(50_000));
    peer.frame(Peer.CONTINUATION, true, new byte[0]);
    fixture.works(peer);
    assertFalse(origin.last("/close").whole);
  }

  @ParameterizedTest(name = "{0} declared, {1} sent")
  @CsvSource({"10, 5", "10, 0", "10, 11", "0, 1", "100000, 99999", "16376, 16377"})
  void aBodyThatIsNotAsLongAsDeclaredNeverLooksWhole(int declared, int sent) throws Exception {
    origin.on(
        "/length",
        r -> {
          r.body();
          r.reply("200 OK", "");
        });
    peer.envelope("POST", origin.url("/length"), declared);
    // The declared bytes first, and only then the one that is too many.
    if (sent > declared) peer.frame(Peer.BINARY, false, random(declared));
    peer.frame(
        sent > declared ? 0 : Peer.BINARY, true, random(sent > declared ? sent - declared : sent));
    assertEquals(1008, peer.closed());
    ScriptedOrigin.Request seen = origin.last("/length");
    if (seen != null) {
      Await.until("the origin's connection is closed", ClientFixture.CANCEL, () -> seen.gone);
      assertFalse(seen.whole);
    }
    fixture.healthy();
  }

  @Test
  void aLastPartWithoutBytesCompletesADeclaredLength() throws Exception {
    peer.envelope("POST", origin.url("/ok"), 4);
    peer.frame(Peer.BINARY, false, "ab".getBytes(StandardCharsets.US_ASCII));
    peer.frame(Peer.CONTINUATION, false, "cd".getBytes(StandardCharsets.US_ASCII));
    peer.frame(Peer.CONTINUATION, false, new byte[0]);
    peer.frame(Peer.CONTINUATION, true, new byte[0]);
    assertEquals("abcd", peer.answer().text());
  }
}
