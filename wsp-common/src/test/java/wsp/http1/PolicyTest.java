package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.testing.Split;

/** What is taken of either role, line by line: of a response more than of a request. */
class PolicyTest {
  /** Backslashes as in Java. */
  private static String text(String escaped) {
    return escaped.translateEscapes();
  }

  private static boolean takes(HeadReader<?> reader, String head) {
    try {
      boolean whole = false;
      for (ByteBuffer in : Split.single(Split.bytes(head))) whole |= reader.read(in) != null;
      return whole;
    } catch (MessageException e) {
      return false;
    }
  }

  private static boolean takes(BodyReader reader, String body) {
    try {
      for (ByteBuffer in : Split.single(Split.bytes(body)))
        while (in.hasRemaining()) reader.read(in);
      return reader.ended();
    } catch (MessageException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 100, true",
    "'', 101, false",
    "'close\r\nConnection: ', 99, true",
    "'close\r\nConnection: ', 100, false"
  })
  void optionsOfAConnection(String before, int options, boolean taken) {
    String field = "Connection: " + before + "a,".repeat(options - 1) + "b\r\n\r\n";
    HeadReader<?> requests = HeadReader.ofRequests(1000, 10);
    assertEquals(taken, takes(requests, "GET / HTTP/1.1\r\nHost: h\r\n" + field));
    assertEquals(taken, takes(HeadReader.ofResponses(1000, 10), "HTTP/1.1 200 OK\r\n" + field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A: b\\r\\n | true | true",
        "A:\\tb \\r\\n | true | true",
        "A: b\\n | false | true",
        "A : b\\r\\n | false | true",
        "A\\t: b\\r\\n | false | true",
        "A b: c\\r\\n | false | false",
        ": b\\r\\n | false | false",
        "A\\r\\n | false | false",
        "A: b\\r\\n c\\r\\n | false | false",
        "A: b\\n c\\n | false | false",
        "A: b\\rc\\r\\n | false | false",
        "A: b\\r\\r\\n | false | false",
        "A: \\0\\r\\n | false | false",
        "A: \\177\\r\\n | false | false",
      })
  void aFieldLine(String line, boolean request, boolean response) {
    String fields = text(line) + "\r\n";
    HeadReader<?> requests = HeadReader.ofRequests(1000, 10);
    assertEquals(request, takes(requests, "GET / HTTP/1.1\r\nHost: h\r\n" + fields));
    assertEquals(response, takes(HeadReader.ofResponses(1000, 10), "HTTP/1.1 200 OK\r\n" + fields));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1\\r\\na\\r\\n0\\r\\n\\r\\n | true | true",
        "001 ;x=\"y\"\\r\\na\\r\\n0\\r\\nA: b\\r\\n\\r\\n | true | true",
        "1 \\r\\na\\r\\n0\\r\\n\\r\\n | false | true",
        "1\\r\\na\\r\\n0\\r\\nA : b\\r\\n\\r\\n | false | true",
        "1\\r\\na\\r\\n0\\r\\nA\\r\\n\\r\\n | false | true",
        "\\t1\\r\\na\\r\\n0\\r\\n\\r\\n | false | false",
        "1 2\\r\\na\\r\\n0\\r\\n\\r\\n | false | false",
        "1;\\0\\r\\na\\r\\n0\\r\\n\\r\\n | false | false",
        "1\\na\\r\\n0\\r\\n\\r\\n | false | false",
        "1\\r\\na\\n0\\r\\n\\r\\n | false | false",
        "1\\r\\na\\r\\n0\\r\\nA: b\\n\\r\\n | false | false",
        "1\\r\\na\\r\\n0\\r\\nA: \\0\\r\\n\\r\\n | false | false",
      })
  void chunks(String escaped, boolean request, boolean response) {
    String body = text(escaped);
    assertEquals(request, takes(BodyReader.ofRequest(BodyReader.CHUNKED), body));
    assertEquals(response, takes(BodyReader.ofResponse(BodyReader.CHUNKED), body));
  }

  @ParameterizedTest
  @CsvSource({
    "4000, 0, true, true",
    "5000, 0, false, false",
    "1, 5000, false, true",
    "1, 70000, false, false"
  })
  void limitsOfASizeLineAndOfTrailers(
      int extension, int trailer, boolean request, boolean response) {
    String size = "0;" + "x".repeat(extension) + "\r\n";
    String body = size + (trailer == 0 ? "" : "A: " + "b".repeat(trailer) + "\r\n") + "\r\n";
    assertEquals(request, takes(BodyReader.ofRequest(BodyReader.CHUNKED), body));
    assertEquals(response, takes(BodyReader.ofResponse(BodyReader.CHUNKED), body));
  }
}
