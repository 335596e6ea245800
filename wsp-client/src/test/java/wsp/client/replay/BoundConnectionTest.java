package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;

/** Connections that an origin has authenticated, each for one caller's connection (RFC 4559 §6). */
class BoundConnectionTest extends WithOrigin {
  private static final String CHALLENGE =
      "HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM c2Vj\r\nContent-Length: 0\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String NOBODY = "";

  /** A request of a caller's connection, with credentials that are none if they are empty. */
  private Collector send(String caller, String credentials) throws Exception {
    Headers.Builder fields = new Headers.Builder();
    if (!credentials.isEmpty()) fields.add("Authorization", "NTLM " + credentials);
    if (!caller.isEmpty()) fields.add(FieldLists.CONNECTION, caller);
    Collector sink = new Collector(() -> {});
    OriginStream replay = started(sink, "GET", 0, fields.build());
    sink.feed(replay, new byte[0], true);
    return sink;
  }

  /** Reads a request, whose origin never hears of its caller's connection. */
  private static void answer(Line line, String response) throws IOException {
    String head = line.head();
    assertTrue(!head.contains("X-Proxy-Connection"), head);
    line.send(response);
  }

  /** The connection that is authenticated for a caller's. */
  private Line handshake(String caller) throws Exception {
    Collector first = send(caller, "first");
    Line line = origin.accept();
    answer(line, CHALLENGE);
    assertEquals(401, first.status(), "the caller goes on with the handshake");
    assertEquals("", first.answer());
    Collector third = send(caller, "third");
    answer(line, OK);
    assertEquals("ok", third.answer());
    return line;
  }

  /** Waits for the end of a connection, in order or by a reset. */
  private static void ended(Line line) {
    assertThrows(IOException.class, line::head);
  }

  @Test
  void aHandshakeOfSeveralStepsHasOneConnectionWhichStaysItsCallers() throws Exception {
    try (Line alice = handshake("alice")) {
      Collector mallory = send("mallory", NOBODY);
      try (Line other = origin.accept()) {
        answer(other, OK);
        assertEquals("ok", mallory.answer());
      }
      Collector again = send("alice", NOBODY);
      answer(alice, OK);
      assertEquals("ok", again.answer());
      // An answer that says nothing of authentication leaves it what it is.
      Collector stranger = send(NOBODY, NOBODY);
      try (Line other = origin.accept()) {
        answer(other, OK);
        assertEquals("ok", stranger.answer());
      }
    }
  }

  @Test
  void eachOfTwoCallersKeepsItsOwn() throws Exception {
    try (Line alice = handshake("alice");
        Line bob = handshake("bob")) {
      for (int i = 0; i < 3; i++) {
        Collector a = send("alice", NOBODY);
        answer(alice, OK);
        assertEquals("ok", a.answer());
        Collector b = send("bob", NOBODY);
        answer(bob, OK);
        assertEquals("ok", b.answer());
      }
    }
  }

  @Test
  void aHandshakeGoesOnBehindTheBodyThatItsCallerKeeps() throws Exception {
    Headers.Builder fields = new Headers.Builder().add("Authorization", "NTLM first");
    fields.add(FieldLists.CONNECTION, "alice").add("Expect", "100-continue");
    Collector first = new Collector(() -> {});
    OriginStream replay = started(first, "POST", 4, fields.build());
    try (Line line = origin.accept()) {
      answer(line, CHALLENGE);
      assertEquals("wanted", first.told());
      assertEquals(401, first.status());
      first.feed(replay, "body".getBytes(StandardCharsets.US_ASCII), true);
      assertEquals("body", line.body(4));
      assertEquals("", first.answer());
      Collector third = send("alice", "third");
      answer(line, OK);
      assertEquals("ok", third.answer());
    }
  }

  @Test
  void oneThatIsLostIsNotReplacedInTheMiddleOfAHandshake() throws Exception {
    Collector first = send("alice", "first");
    try (Line line = origin.accept()) {
      answer(line, CHALLENGE);
      assertEquals("", first.answer());
      line.tcp().shutdownOutput();
      ended(line);
    }
    Collector third = send("alice", "third");
    try (Line fresh = origin.accept()) {
      answer(fresh, CHALLENGE);
      assertEquals(401, third.status(), "the origin says that it begins anew");
    }
  }

  @ParameterizedTest
  @CsvSource({"first, true", "'', false"})
  void whatIsNotKnownToBeOneCallersIsKeptForNobody(String credentials, boolean fails)
      throws Exception {
    Collector unknown = send(NOBODY, credentials);
    try (Line line = origin.accept()) {
      line.head();
      line.send(CHALLENGE);
      if (fails) assertThrows(ExecutionException.class, unknown::answer);
      else assertEquals("", unknown.answer());
      ended(line);
    }
  }
}
