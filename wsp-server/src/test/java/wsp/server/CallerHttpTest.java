package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** HTTP as a caller sees it, with clients that behave. */
class CallerHttpTest {
  @AutoClose private final RunningServer server = new RunningServer("timeout: 8000");

  @Test
  void statusAnswersAndAnythingElseIsNotFound() throws Exception {
    RawCaller c = server.caller();
    assertEquals("ok", c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().text());
    Answer other = c.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    assertEquals(404, other.status());
    assertEquals("text/plain; charset=utf-8", other.field("Content-Type"));
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws Exception {
    server.echo();
    RawCaller c = server.caller();
    for (int i = 0; i < 50; i++) assertEquals("GET /" + i + " ", c.get("/" + i).text());
    assertEquals("GET / ", c.request("GET", "/", "Connection: close").answer().text());
    assertTrue(c.ended());
  }

  @Test
  void theServerItselfSaysWhatItCanDo() throws Exception {
    RawCaller c = server.caller();
    Answer a = c.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    assertEquals(200, a.status());
    assertTrue(a.field("Allow").contains("OPTIONS"));
    assertEquals("ok", c.send("GET /status HTTP/1.2\r\nHost: h\r\n\r\n").answer().text());
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    server.echo();
    server.echo();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      if (i % 3 == 0)
        all.append(RawCaller.head("POST", "/" + i, "Content-Length: 5")).append("bo\r\nd");
      else if (i % 3 == 1)
        all.append(RawCaller.head("PUT", "/" + i, "Transfer-Encoding: chunked"))
            .append("5\r\nbo\r\nd\r\n0\r\n\r\n");
      else all.append(RawCaller.head("GET", "/" + i));
    }
    RawCaller c = server.caller().send(all.toString());
    for (int i = 0; i < 200; i++) {
      String expected =
          List.of("POST /" + i + " bo\r\nd", "PUT /" + i + " bo\r\nd", "GET /" + i + " ")
              .get(i % 3);
      assertEquals(expected, c.answer().text());
    }
    assertFalse(c.hasMore());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100_000})
  void afterAnErrorTheNextRequestIsReadFromTheRightByte(int size) throws Exception {
    String body = "GET / HTTP/1.1\r\n\r\n".repeat(size / 18 + 1).substring(0, size);
    RawCaller c = server.caller();
    c.request("POST", "/a", "Content-Length: " + size).send(body);
    c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    Answer first = c.answer();
    assertEquals(526, first.status());
    assertEquals("No proxy available", first.firstLine());
    assertEquals("ok", c.answer().text());
    assertFalse(c.hasMore());
    c.request("PUT", "/b", "Transfer-Encoding: chunked")
        .send(Integer.toHexString(size) + "\r\n" + body + "\r\n0\r\n\r\n");
    c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    assertEquals(526, c.answer().status());
    assertEquals("ok", c.answer().text());
    assertFalse(c.hasMore());
  }

  @Test
  void aRefusedBodyThatIsTooLongEndsTheConnection() throws Exception {
    RawCaller c = server.caller();
    c.request("POST", "/a", "Content-Length: 999999999999");
    c.send(new byte[10]);
    assertEquals(526, c.answer().status());
    byte[] more = new byte[1 << 20];
    Await.until(
        "the connection is cut",
        () -> {
          try {
            c.send(more);
            return false;
          } catch (IOException e) {
            return true;
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD,200,7",
    "HEAD,200,0",
    "HEAD,200,",
    "GET,204,",
    "GET,304,7",
    "GET,304,",
    "GET,204,7"
  })
  void whereThereIsNoBodyNoneIsSentAndTheConnectionGoesOn(String method, int status, Integer length)
      throws Exception {
    String[] fields =
        length == null ? new String[0] : new String[] {"Content-Length", length.toString()};
    server
        .peer()
        .serve(
            (r, p) -> p.envelope(status, length == null ? -1 : length, fields).binary(new byte[0]));
    RawCaller c = server.caller();
    for (int i = 0; i < 3; i++) {
      Answer a = c.request(method, "/").answer(method);
      assertEquals(status, a.status());
      assertEquals(
          status == 204 ? null : length == null ? null : "" + length, a.field("Content-Length"));
      assertNull(a.field("Transfer-Encoding"));
    }
    assertFalse(c.hasMore());
  }

  @Test
  void aCallerThatExpectsA100GetsExactlyOne() throws Exception {
    server.echo();
    RawCaller c = server.caller();
    for (int i = 0; i < 3; i++) {
      c.request("POST", "/", "Content-Length: 4", "Expect: 100-continue");
      assertEquals(100, c.head().status());
      assertEquals("POST / body", c.send("body").answer().text());
    }
    c.request("POST", "/", "Content-Length: 4", "Expect: 100-continue").send("body");
    assertEquals("POST / body", c.answer().text());
  }

  @Test
  void aRequestRefusedEarlyGetsNo100() throws Exception {
    RawCaller c = server.caller();
    c.send(
        "POST /request HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    assertEquals(526, c.head().status());
    RawCaller other = server.caller();
    other.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    Answer a = other.answer();
    assertEquals(404, a.status());
    assertEquals("close", a.field("Connection"));
    assertTrue(other.ended(), "nobody could tell whether the body comes");
  }

  @Test
  void anHttp10CallerGetsNoChunksAndNo100() throws Exception {
    server.peer().serve((r, p) -> p.envelope(200, -1).binary("hello".getBytes("UTF-8")));
    RawCaller c = server.caller();
    c.send(
        "POST /request HTTP/1.0\r\nX-PROXY-DESTINATION: http://o.test/\r\n"
            + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nab");
    Answer a = c.answer();
    assertEquals("hello", a.text());
    assertNull(a.field("Transfer-Encoding"));
    assertNull(a.field("Content-Length"));
    assertEquals("close", a.field("Connection"));
  }

  @Test
  void anHttp10ConnectionIsKeptWhereThatIsAskedFor() throws Exception {
    server.echo();
    RawCaller c = server.caller();
    for (int i = 0; i < 2; i++) {
      c.send(
          "GET /request HTTP/1.0\r\nConnection: keep-alive\r\n"
              + "X-PROXY-DESTINATION: http://o.test/\r\n\r\n");
      assertEquals("keep-alive", c.answer().field("Connection"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 299, 404, 500, 599, 600, 666, 999})
  void theStatusIsPassedOnAsItIs(int status) throws Exception {
    server.peer().serve((r, p) -> p.reply(status, "x"));
    Answer a = server.caller().get("/");
    assertEquals(status, a.status());
    assertEquals("x", a.text());
  }

  @Test
  void rulesAreKept() throws Exception {
    try (RunningServer ruled =
        new RunningServer("blacklist: [{url: '/secret'}]", "whitelist: [{method: GET}]")) {
      ruled.echo();
      RawCaller c = ruled.caller();
      assertEquals("GET / ", c.get("/").text());
      assertEquals("Destination is forbidden", c.get("/a/%2e%2e/secret").firstLine());
      assertEquals("Destination is not allowed", c.request("POST", "/").answer().firstLine());
      assertEquals("GET / ", c.get("/").text());
    }
  }
}
