package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.ResponseHead;

/** The rule of docs/origins.md, row by row: method, status line and fields, what becomes of it. */
class KeepingTest {
  private static Keeping after(String method, boolean bound, String head) throws MessageException {
    return after(method, bound, false, head);
  }

  private static Keeping after(String method, boolean bound, boolean known, String head)
      throws MessageException {
    byte[] bytes = (head.replace("; ", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    ResponseHead read = HeadReader.ofResponses(2000, 100).read(ByteBuffer.wrap(bytes));
    assertNotNull(read);
    return Keeping.after(method, bound, known, false, read);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // How the body ends.
        "GET | HTTP/1.1 200 OK; Content-Length: 0 | KEPT",
        "GET | HTTP/1.1 200 OK; Content-Length: 5 | KEPT",
        "POST | HTTP/1.1 413 Large; Content-Length: 5 | KEPT",
        "GET | HTTP/1.1 200 OK; Transfer-Encoding: chunked | KEPT",
        "GET | HTTP/1.1 200 OK | BODY_TO_THE_END",
        "GET | HTTP/1.1 205 Reset | BODY_TO_THE_END",
        "GET | HTTP/1.1 205 Reset; Content-Length: 0 | KEPT",
        "GET | HTTP/1.1 200 OK; Content-Length: 5; Transfer-Encoding: chunked | TWO_ENDS",
        "GET | HTTP/1.0 200 OK; Connection: keep-alive; Transfer-Encoding: chunked | TWO_ENDS",
        // What the origin says.
        "GET | HTTP/1.1 200 OK; Content-Length: 0; Connection: close | ORIGIN_CLOSES",
        "GET | HTTP/1.1 200 OK; Content-Length: 0; Connection: X, CLOSE | ORIGIN_CLOSES",
        "GET | HTTP/1.1 200 OK; Content-Length: 0; Connection: x; Connection: close |"
            + " ORIGIN_CLOSES",
        "GET | HTTP/1.1 200 OK; Content-Length: 0; Connection: keep-alive, close | ORIGIN_CLOSES",
        "GET | HTTP/1.1 200 OK; Content-Length: 0; Connection: keep-alive | KEPT",
        "GET | HTTP/1.1 408 Slow; Content-Length: 0 | KEPT",
        "GET | HTTP/1.0 200 OK; Content-Length: 0 | ORIGIN_CLOSES",
        "GET | HTTP/1.0 200 OK; Content-Length: 0; Connection: keep-alive | KEPT",
        "GET | HTTP/1.0 200 OK; Content-Length: 0; Connection: close, keep-alive | ORIGIN_CLOSES",
        "GET | HTTP/1.0 200 OK; Connection: keep-alive | BODY_TO_THE_END",
        "GET | HTTP/1.9 200 OK; Content-Length: 0 | KEPT",
        // Answers that never have a body.
        "HEAD | HTTP/1.1 200 OK | KEPT",
        "HEAD | HTTP/1.1 200 OK; Content-Length: 77 | BODY_PROMISED",
        "HEAD | HTTP/1.1 304 Same; Content-Length: 77 | BODY_PROMISED",
        "HEAD | HTTP/1.1 200 OK; Transfer-Encoding: chunked | BODY_PROMISED",
        "HEAD | HTTP/1.1 204 None; Content-Length: 77 | BODY_PROMISED",
        "HEAD | HTTP/1.0 200 OK; Content-Length: 77; Connection: keep-alive | BODY_PROMISED",
        "HEAD | HTTP/1.0 200 OK; Content-Length: 77 | ORIGIN_CLOSES",
        "GET | HTTP/1.1 204 None | KEPT",
        "DELETE | HTTP/1.1 204 None; Content-Length: 0 | KEPT",
        "GET | HTTP/1.1 204 None; Content-Length: 1 | BODY_PROMISED",
        "GET | HTTP/1.1 204 None; Transfer-Encoding: chunked | BODY_PROMISED",
        "GET | HTTP/1.1 304 Same | KEPT",
        "GET | HTTP/1.1 304 Same; Content-Length: 0 | KEPT",
        "GET | HTTP/1.1 304 Same; Content-Length: 77 | BODY_PROMISED",
        "GET | HTTP/1.1 304 Same; Transfer-Encoding: gzip, chunked | BODY_PROMISED",
        "GET | HTTP/1.1 204 None; Connection: close | ORIGIN_CLOSES",
        // Methods.
        "FOO | HTTP/1.1 200 OK; Content-Length: 5 | KEPT",
        "CONNECT | HTTP/1.1 200 OK; Content-Length: 0 | TUNNEL",
        "CONNECT | HTTP/1.1 403 No; Content-Length: 0 | TUNNEL",
        // Authentication of connections.
        "GET | HTTP/1.1 401 No; WWW-Authenticate: NTLM; Content-Length: 0 | AUTHENTICATED",
        "GET | HTTP/1.1 407 No; Proxy-Authenticate: Negotiate; Content-Length: 0 | AUTHENTICATED",
        "GET | HTTP/1.1 200 OK; WWW-Authenticate: Negotiate oYG; Content-Length: 0 | AUTHENTICATED",
        "GET | HTTP/1.1 200 OK; Persistent-Auth: true; Content-Length: 0 | AUTHENTICATED",
        "GET | HTTP/1.1 200 OK; Persistent-Auth: false; Content-Length: 0 | KEPT",
        "GET | HTTP/1.1 401 No; WWW-Authenticate: Basic realm=x; Content-Length: 0 | KEPT",
        "HEAD | HTTP/1.1 401 No; WWW-Authenticate: NTLM; Connection: close | AUTHENTICATED",
      })
  void whatBecomesOfAConnection(String method, String head, Keeping expected)
      throws MessageException {
    assertEquals(expected, after(method, false, head));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | HTTP/1.1 200 OK; Content-Length: 5",
        "GET | HTTP/1.1 204 None; Content-Length: 5",
        "HEAD | HTTP/1.1 200 OK",
        "POST | HTTP/1.1 500 Error; Connection: close",
      })
  void afterARequestThatMayHaveAuthenticatedItAConnectionIsOneCallers(String method, String head)
      throws MessageException {
    assertEquals(Keeping.AUTHENTICATED, after(method, true, head));
  }

  @Test
  void onlyOneOutcomeLetsAnybodyUseAConnection() {
    Set<Keeping> kept = EnumSet.allOf(Keeping.class);
    kept.removeIf(k -> k.use() != Keeping.Use.ANYBODY);
    assertEquals(EnumSet.of(Keeping.KEPT), kept);
    assertEquals(Keeping.Use.NOBODY, Keeping.AUTHENTICATED.use());
    assertEquals(Keeping.Use.ONE_CALLER, Keeping.BOUND.use());
    assertEquals(Keeping.Use.ONE_CALLER, Keeping.HANDSHAKE.use());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | HTTP/1.1 200 OK; Content-Length: 5 | BOUND",
        "true | HTTP/1.1 401 No; WWW-Authenticate: NTLM c2Vj; Content-Length: 0 | HANDSHAKE",
        "false | HTTP/1.1 401 No; WWW-Authenticate: NTLM; Content-Length: 0 | BOUND",
        "false | HTTP/1.1 200 OK; Persistent-Auth: true; Content-Length: 0 | BOUND",
        "true | HTTP/1.1 200 OK; Content-Length: 5; Connection: close | ORIGIN_CLOSES",
        "true | HTTP/1.1 200 OK | BODY_TO_THE_END",
        "true | HTTP/1.1 204 None; Content-Length: 5 | BODY_PROMISED",
        "false | HTTP/1.1 200 OK; Content-Length: 5 | KEPT",
      })
  void whereTheCallerSConnectionIsKnownItIsKeptForThatAlone(
      boolean bound, String head, Keeping expected) throws MessageException {
    assertEquals(expected, after("GET", bound, true, head));
  }
}
