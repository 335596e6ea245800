package wsp.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.server.pool.PoolCounts;
import wsp.testing.Await;

/** The whole server on a free port, with raw callers and peers that are closed with it. */
final class RunningServer implements AutoCloseable {
  final WspServer server;
  private final List<AutoCloseable> parties = new ArrayList<>();

  /**
   * @param yaml configuration beyond the port
   */
  RunningServer(String... yaml) {
    try {
      server = new WspServer(config(yaml));
      server.start();
    } catch (ConfigException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ServerConfig config(String... yaml) {
    try {
      String text = "port: 0\n" + String.join("\n", yaml);
      return ServerConfig.of(ConfigFile.parse("test.cfg", text));
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  void reload(String... yaml) {
    try {
      server.reload(config(yaml));
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return server.listener.port();
  }

  RawCaller caller() throws IOException {
    return kept(new RawCaller(port()));
  }

  RawCaller slowCaller() throws IOException {
    return kept(new RawCaller(port(), 4096));
  }

  <T extends AutoCloseable> T kept(T party) {
    synchronized (parties) {
      parties.add(party);
    }
    return party;
  }

  /** A client's connection that has not greeted. */
  RawPeer stranger() throws IOException {
    return kept(RawPeer.open(port()));
  }

  /** A client's connection that is idle in its pool. */
  RawPeer peer() throws Exception {
    return peer("client_1");
  }

  RawPeer peer(String greeting) throws Exception {
    return registered(stranger(), greeting);
  }

  /** One that takes little at a time. */
  RawPeer slowPeer() throws Exception {
    return registered(kept(RawPeer.open(port(), 4096)), "client_1");
  }

  private static RawPeer registered(RawPeer peer, String greeting) throws IOException {
    peer.text(greeting).awaitPong();
    return peer;
  }

  /** A peer that answers every request with its method, path and body. */
  RawPeer echo() throws Exception {
    return peer()
        .serve(
            (r, p) -> {
              String url = r.envelope().url();
              String path = url.substring(url.indexOf("/", 8));
              p.reply(
                  200, r.envelope().method() + " " + path + " " + new String(r.body(), "UTF-8"));
            });
  }

  void awaitCounts(int clients, int idle, int busy) throws Exception {
    PoolCounts expected = new PoolCounts(clients, idle, busy);
    Await.until(
        "pools are " + expected,
        () -> {
          PoolCounts c = server.pools.counts();
          return expected.equals(new PoolCounts(c.clients(), c.idle(), c.busy()));
        });
  }

  /** Until all clients have gone and, once the parties are closed, all connections. */
  void awaitNothingLeft() throws Exception {
    awaitCounts(0, 0, 0);
    close(peers());
    Await.until("no connection is left", () -> server.listener.connections() == 0);
  }

  /** All callers and peers there have been. */
  List<AutoCloseable> peers() {
    synchronized (parties) {
      return List.copyOf(parties);
    }
  }

  void close(List<AutoCloseable> some) {
    for (AutoCloseable p : some) {
      try {
        p.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    close(peers());
    server.close();
  }
}
