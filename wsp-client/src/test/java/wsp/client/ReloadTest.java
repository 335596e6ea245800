package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.Reloader;
import wsp.testing.Await;

/** Another configuration under a client that is running. */
@Timeout(60)
class ReloadTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @AutoClose private ClientFixture fixture;
  private Peer peer;

  @BeforeEach
  void connect() throws Exception {
    fixture = new ClientFixture("keepalive: 1h", "secretkey: old");
    peer = fixture.healthy();
  }

  private String yaml(String line) {
    return "id: test\ntargets: ['%s']\npoolidlesize: 1\npoolmaxsize: 1\n%s\n"
        .formatted(fixture.server.url(), line);
  }

  private void use(String line) throws ConfigException {
    fixture.client.use(ClientConfig.of(ConfigFile.parse("f", yaml(line))));
  }

  private int status(Peer of) throws IOException {
    of.get(fixture.origin.url("/ok"));
    return of.answer().head().status();
  }

  @Test
  void newRulesCountForTheNextRequest() throws Exception {
    use("blacklist: [url: /ok]");
    assertEquals(527, status(peer));
    use("whitelist: [url: /ok]");
    assertEquals(200, status(peer));
  }

  @Test
  void aConnectionThatWasKeptIsOfNoUseOnceItsAddressIsDenied() throws Exception {
    assertEquals(200, status(peer));
    assertEquals(1, fixture.origin.connections.get());
    use("denyaddresses: 127.0.0.1");
    assertEquals(527, status(peer));
    use("");
    assertEquals(200, status(peer));
    // Not the one that was kept: that one has been closed.
    assertEquals(2, fixture.origin.connections.get());
  }

  @Test
  void aNewSecretIsWhatTheNextConnectionPresents() throws Exception {
    use("secretkey: new");
    assertEquals("old", FakeServer.field(fixture.server.heads.get(0), "X-SECRET-KEY"));
    peer.close();
    fixture.healthy();
    assertEquals("new", FakeServer.field(fixture.server.heads.get(1), "X-SECRET-KEY"));
  }

  @Test
  void aFileThatChangesIsNoticedEachTime(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("f"), yaml(""));
    Reloader<ClientConfig> reloader = ClientConfig.reloader(file);
    try (WspClient client = new WspClient(reloader.current())) {
      client.watch(reloader);
      client.start();
      Peer watched = fixture.healthy();
      replace(file, yaml("blacklist: [url: /ok]"));
      Await.until("the rule counts", LONG, () -> status(watched) == 527);
      replace(file, yaml("blacklist: [url: /other]"));
      Await.until("the next one counts", LONG, () -> status(watched) == 200);
      assertTrue(reloader.current().rules().blacklist().toString().contains("/other"));
    }
  }

  private static void replace(Path file, String yaml) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), yaml);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
