package wsp.bench.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The load against the origin, with no tunnel in between. */
class LoadTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static Call call(String line, long upload, long answer) {
    String length = upload > 0 ? "Content-Length: " + upload + "\r\n" : "";
    String head = line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + length + "\r\n";
    return new Call(head.getBytes(StandardCharsets.US_ASCII), upload, answer);
  }

  @Test
  void rightAnswersOfAnySizeAreCounted() throws IOException {
    int port = Origin.start();
    for (int size : new int[] {0, 1, 100, 65_535, 65_536, 3_000_001}) {
      LoadResult result = Load.once(port, call("GET /bytes/" + size, 0, size), 3, LIMIT);
      assertEquals(3, result.right(), result.firstError());
      assertEquals(0, result.errors());
    }
  }

  @Test
  void anUploadIsCheckedByTheOrigin() throws IOException {
    LoadResult result = Load.once(Origin.start(), call("PUT /sink", 3_000_001, 100), 2, LIMIT);
    assertEquals(2, result.right(), result.firstError());
  }

  @Test
  void connectionsAreKeptForManyRequests() throws IOException {
    Call call = call("GET /bytes/100", 0, 100);
    LoadResult result = Load.during(Origin.start(), call, 2, Duration.ofMillis(200));
    assertTrue(result.right() > 2, result::firstError);
    assertEquals(0, result.errors());
  }

  @Test
  void otherStatusesAndLengthsAreErrors() throws IOException {
    int port = Origin.start();
    LoadResult status = Load.once(port, call("GET /nothing", 0, 0), 2, LIMIT);
    assertEquals("HTTP/1.1 404 Not Found", status.firstError());
    assertEquals(2, status.errors());
    LoadResult length = Load.once(port, call("GET /bytes/99", 0, 100), 2, LIMIT);
    assertEquals("99 bytes instead of 100", length.firstError());
    assertEquals(2, length.errors());
  }

  @Test
  void whatIsNotAnsweredInTimeIsAnErrorEach() throws IOException {
    Call never = call("GET /hold", 0, 100);
    LoadResult result = Load.once(Origin.start(), never, 3, Duration.ofMillis(100));
    assertEquals(3, result.errors());
    assertEquals(0, result.right());
  }

  @Test
  void aServerThatIsNotThereIsAnError() throws IOException {
    // Nobody listens at port 1.
    assertEquals(1, Load.once(1, call("GET /", 0, 0), 1, LIMIT).errors());
  }
}
