package wsp.client;

import java.io.IOException;
import java.time.Duration;
import wsp.address.NameLookup;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.testing.Await;

/** A client between a server and an origin that are the test's. */
final class ClientFixture implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);

  /** Within this, a cancelled request has to be gone from the origin. */
  static final Duration CANCEL = Duration.ofSeconds(2);

  /** The engine of those that do not name one. */
  static volatile String engine = "own";

  final FakeServer server;
  final ScriptedOrigin origin;
  final WspClient client;

  ClientFixture(String... configuration) throws IOException, ConfigException {
    server = new FakeServer();
    origin = new ScriptedOrigin();
    client = client(server.url(), configuration);
    client.start();
  }

  /** With one connection, unless the lines say otherwise. */
  static WspClient client(String target, String... lines) throws ConfigException {
    return new WspClient(config(target, lines));
  }

  /** The same, where this knows the addresses of a target by name. */
  static WspClient client(NameLookup lookup, String target, String... lines)
      throws ConfigException {
    return new WspClient(config(target, lines), lookup);
  }

  static ClientConfig config(String target, String... lines) throws ConfigException {
    String yaml = "targets: ['" + target + "']\nid: test\n" + String.join("\n", lines) + "\n";
    if (!yaml.contains("poolidlesize")) yaml += "poolidlesize: 1\npoolmaxsize: 1\n";
    if (!yaml.contains("engine:")) yaml += "engine: " + engine + "\n";
    return ClientConfig.of(ConfigFile.parse("test.cfg", yaml));
  }

  /** Another configuration under the client that is running. */
  void use(String... configuration) throws ConfigException {
    client.use(config(server.url(), configuration));
  }

  /** The next connection serves: a request on it is answered. */
  Peer healthy() throws Exception {
    Peer peer = server.next();
    works(peer);
    return peer;
  }

  void works(Peer peer) throws IOException {
    peer.request(
        "POST", origin.url("/ok"), "fine".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    FakeServer.Answer answer = peer.answer();
    if (answer.head().status() != 200 || !answer.text().equals("fine"))
      throw new AssertionError(answer.head().status() + " " + answer.text());
  }

  /** The origin's end of this request's connection is closed. */
  void awaitCancel(String path) {
    Await.until("the request is cancelled", CANCEL, () -> origin.last(path).gone);
  }

  void awaitRequest(String path) {
    Await.until("the request arrives", SOON, () -> origin.last(path) != null);
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    origin.close();
  }
}
