package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.client.FakeServer.Answer;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.testing.Await;

/** The line that each kind of end leaves, and the id that a request has. */
class AccessLogTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("access.log");
  }

  private ClientFixture fixture(String... more) throws Exception {
    return new ClientFixture("accesslog: {file: '" + file() + "'}", String.join("\n", more));
  }

  /** The only line there is, once it is there. */
  private String line() {
    Await.until("there is a line", ClientFixture.SOON, () -> Files.size(file()) > 0);
    try {
      List<String> lines = Files.readAllLines(file());
      assertEquals(1, lines.size(), lines.toString());
      return lines.get(0);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void has(String line, String... members) {
    for (String member : members) assertTrue(line.contains("," + member), member + " in " + line);
  }

  @Test
  void anExchangeThatIsWholeIsALineAndItsIdReachesTheOrigin() throws Exception {
    try (ClientFixture f = fixture()) {
      Peer peer = f.server.next();
      f.works(peer);
      String line = line();
      has(
          line,
          "\"daemon\":\"wsp-client\"",
          "\"method\":\"POST\",\"url\":\"" + f.origin.url("/ok") + "\"",
          "\"status\":200,\"outcome\":\"complete\",\"target\":\"ws",
          "\"bytes_in\":4,\"bytes_out\":4,\"wait_ms\":");
      String id = line.replaceFirst(".*,\"id\":\"(\\w{32})\".*", "$1");
      assertEquals(id, f.origin.last("/ok").field("X-Request-Id"));
    }
  }

  @Test
  void aDenialNamesItsRuleToWhoeverRunsTheClientOnly() throws Exception {
    try (ClientFixture f = fixture("blacklist: [url: /denied]")) {
      Peer peer = f.server.next();
      peer.get(f.origin.url("/denied"));
      Answer a = peer.answer();
      has(
          line(),
          "\"status\":527,\"outcome\":\"error\",\"failure\":\"FORBIDDEN\"",
          "\"rule\":\"blacklist[0] url /denied\"");
      assertFalse(a.text().contains("blacklist["), a.text());
      assertTrue(line().contains(String.valueOf(a.head().headers().first("X-Request-Id"))));
    }
  }

  @Test
  void aUrlWithTooManyReadingsForTheRulesIsNoValidDestination() throws Exception {
    try (ClientFixture f = fixture("blacklist: [url: /denied]")) {
      Peer peer = f.server.next();
      String unclear = "/a;b%3bc/%2e%2e;/%252e%252e//..%2f%5c%00%3f%23//x/..//%2573;%2f";
      peer.get(f.origin.url(unclear.repeat(800)));
      Answer a = peer.answer();
      assertTrue(a.text().contains("can be read in too many ways"), a.text());
      has(line(), "\"status\":527,\"outcome\":\"error\",\"failure\":\"INVALID_DESTINATION\"");
    }
  }

  @Test
  void anExchangeThatNobodyWantsAnyMoreIsA499() throws Exception {
    try (ClientFixture f = fixture()) {
      Peer peer = f.server.next();
      f.origin.on("/never", ScriptedOrigin.Request::awaitGone);
      peer.get(f.origin.url("/never"));
      f.awaitRequest("/never");
      peer.close();
      has(line(), "\"status\":499,\"outcome\":\"left\",\"failure\":\"CANCELLED\"");
    }
  }

  @Test
  void anAnswerThatBreaksOffKeepsItsStatus() throws Exception {
    try (ClientFixture f = fixture()) {
      Peer peer = f.server.next();
      String path = ScriptedOrigin.Cut.NO_LAST_CHUNK.path();
      peer.get(f.origin.url(path));
      assertEquals(200, peer.answerHead().status());
      f.origin.last(path).proceed.release();
      has(line(), "\"status\":200,\"outcome\":\"cut\",\"failure\":\"CUT_BODY\"");
    }
  }

  @Test
  void withoutAFileThatCanBeWrittenThereIsNoClient() throws Exception {
    String yaml = "targets: ['ws://127.0.0.1:1/register']\naccesslog: {file: '" + directory + "'}";
    ClientConfig config = ClientConfig.of(ConfigFile.parse("test.cfg", yaml));
    ConfigException e = assertThrows(ConfigException.class, () -> new WspClient(config).close());
    assertTrue(String.valueOf(e.getMessage()).startsWith("accesslog: file: "), e.getMessage());
  }
}
