package wsp.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pools with connections that have no network. */
final class PoolsFixture {
  final ClientPools pools;
  final RegisterEndpoint endpoint;

  /** What the next random numbers are; 0 when there are none left. */
  final List<Integer> random = new ArrayList<>();

  PoolsFixture(int maxConnections, int maxPerClient, int maxWaiting) {
    pools =
        new ClientPools(
            maxConnections,
            maxPerClient,
            maxWaiting,
            n -> random.isEmpty() ? 0 : Math.min(n - 1, random.remove(0)));
    ClientKeys anybody = new ClientKeys("", List.of());
    endpoint =
        new RegisterEndpoint(
            new RegisterEndpoint.Terms(anybody, false, Duration.ofSeconds(10), 100), pools);
  }

  PoolsFixture() {
    this(100, 100, 100);
  }

  static ScriptedSocket socket(PooledConnection c) {
    return (ScriptedSocket) c.socket();
  }

  /** A connection that is about to register. */
  PooledConnection connection(String clientId) {
    return connection(clientId, new NamedKey("", KeyDigest.of("")));
  }

  /** One that was admitted by this key. */
  PooledConnection connection(String clientId, NamedKey key) {
    PooledConnection c = new PooledConnection(new ScriptedSocket(), key, false, endpoint);
    c.named(clientId);
    return c;
  }

  /** A connection that is idle since then. */
  PooledConnection idle(String clientId, int idleSize, long now) {
    PooledConnection c = connection(clientId);
    String refused = pools.register(c, clientId, idleSize, now);
    if (refused != null) throw new AssertionError(refused);
    return c;
  }

  /** Leases one at once. */
  PooledConnection lease() {
    Asker asker = new Asker();
    pools.lease(asker, 0);
    if (asker.got == null) throw new AssertionError("nothing is idle");
    return asker.got;
  }

  /** A waiter that notes what it is told. */
  static class Asker implements ClientPools.Waiter {
    volatile PooledConnection got;
    volatile ProxyError error;
    volatile int told;
    volatile boolean gone;

    @Override
    public boolean leased(PooledConnection connection) {
      if (gone) return false;
      told++;
      got = connection;
      return true;
    }

    @Override
    public void refused(ProxyError why) {
      told++;
      error = why;
    }
  }
}
