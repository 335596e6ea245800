package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link AnswersTest} says, of the engine httpclient, and what it does otherwise. */
@ExtendWith(WithHttpClient.class)
class HttpClientAnswersTest extends AnswersTest {
  @Override
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"HEAD, 200, 3", "GET, 304, 3"})
  void answersWithoutABodyKeepTheirLengthAndNotTheConnection(
      String method, int status, int connections) throws Exception {
    super.answersWithoutABodyKeepTheirLengthAndNotTheConnection(method, status, connections);
  }

  @Test
  void anAnswerOf204LosesItsLength() throws Exception {
    origin.on("/none", r -> r.write("HTTP/1.1 204 X\r\nContent-Length: 77\r\n\r\n"));
    peer.request("GET", origin.url("/none"), new byte[0]);
    assertEquals(-1, peer.answer().head().contentLength());
    fixture.works(peer);
  }

  @Test
  void whatComesBehindChunksIsNoAnswerToTheNextRequest() throws Exception {
    String chunks = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    origin.on("/twice", r -> r.write(chunks + "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nNO"));
    for (int i = 0; i < 5; i++) {
      peer.request("GET", origin.url("/twice"), new byte[0]);
      assertEquals("ok", peer.answer().text());
    }
  }
}
