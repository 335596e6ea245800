package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** The line that each exchange leaves in the logs of both daemons, by which people match them. */
class ExchangeLinesIT {
  private static final Duration WRITTEN = Duration.ofSeconds(10);
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";

  @TempDir static Path directory;

  @AutoClose private static Tunnel tunnel;

  @BeforeAll
  static void open() throws Exception {
    tunnel = Tunnel.open(directory, "blacklist : [{url : /denied}]\n", "id : dc-1\n");
  }

  /** The only line with that id, once it is there. */
  private static String line(Daemon daemon, String id) throws Exception {
    Await.until("there is a line with " + id, WRITTEN, () -> daemon.log().contains(id));
    List<String> lines = daemon.log().lines().filter(l -> l.contains(id)).toList();
    assertEquals(1, lines.size(), lines.toString());
    return lines.get(0);
  }

  private static void matches(String line, String pattern) {
    assertTrue(line.matches(TIME + pattern), line);
  }

  @Test
  void aWholeExchangeIsALineInBoth() throws Exception {
    assertEquals(200, tunnel.get("/ok?secret=1", "X-Request-Id: whole-1").status);
    String url = tunnel.origin.url("/ok");
    matches(
        line(tunnel.server, "whole-1"),
        "INFO  \\[GET] " + url + " 200 in \\d+\\.\\d{3} ms, client dc-1, request id whole-1");
    matches(
        line(tunnel.client, "whole-1"),
        "INFO  \\[GET] "
            + url
            + " 200 in \\d+\\.\\d{3} ms, client dc-1, target ws://127\\.0\\.0\\.1:\\d+/register,"
            + " request id whole-1");
  }

  @Test
  void whatTheClientCouldNotDoIsALineInBothWithTheReason() throws Exception {
    int status =
        Caller.get(tunnel.port, "http://127.0.0.1:1/none", "X-Request-Id: refused-1").status;
    assertEquals(527, status);
    for (Daemon daemon : List.of(tunnel.server, tunnel.client)) {
      String line = line(daemon, "refused-1");
      matches(
          line,
          "INFO  \\[GET] http://127\\.0\\.0\\.1:1/none 527 in \\d+\\.\\d{3} ms, client dc-1.*: .*");
      assertTrue(line.contains("efused"), line);
    }
  }

  @Test
  void whatTheServerRefusesIsALineWithUrlAndId() throws Exception {
    assertEquals(526, tunnel.get("/denied", "X-Request-Id: denied-1").status);
    matches(
        line(tunnel.server, "denied-1"),
        "WARN  \\[GET] "
            + tunnel.origin.url("/denied")
            + " 526 in \\d+\\.\\d{3} ms: Destination is forbidden \\(blacklist\\[0] url /denied\\),"
            + " from 127\\.0\\.0\\.1:\\d+, request id denied-1");
  }

  @Test
  void whereLinesAreObjectsAllOfItIsAMember() throws Exception {
    try (Tunnel json = Tunnel.open(directory, "logformat : json\n", "logformat : json\nid : j\n")) {
      assertEquals(200, json.get("/ok", "X-Request-Id: json-1").status);
      for (Daemon daemon : List.of(json.server, json.client)) {
        JsonNode o = new ObjectMapper().readTree(line(daemon, "json-1"));
        assertEquals("INFO", o.get("level").textValue());
        assertEquals("json-1", o.get("id").textValue());
        assertEquals("GET", o.get("method").textValue());
        assertEquals(json.origin.url("/ok"), o.get("url").textValue());
        assertEquals(200, o.get("status").intValue());
        assertTrue(o.get("total_ms").doubleValue() > 0, o.toString());
        assertEquals("j", o.get("client").textValue());
        assertTrue(o.get("message").textValue().startsWith("[GET] http://"), o.toString());
      }
    }
  }
}
