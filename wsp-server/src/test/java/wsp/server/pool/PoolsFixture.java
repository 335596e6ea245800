package wsp.server.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import wsp.limit.Refusals;
import wsp.server.failure.ProxyError;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.KeyDigest;
import wsp.server.keys.NamedKey;
import wsp.server.tunnel.v1.ScriptedSocket;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.tunnel.v2.LinkTerms;
import wsp.tunnel.v2.Windows;

/** Pools with connections that have no network. */
final class PoolsFixture {
  private PoolTerms terms;
  final ClientPools pools;
  final RegisterEndpoint endpoint;

  /** What the next random numbers are; 0 when there are none left. */
  final List<Integer> random = new ArrayList<>();

  PoolsFixture(int maxConnections, int maxPerClient, int maxWaiting) {
    terms =
        new PoolTerms(
            maxConnections, maxPerClient, maxWaiting, 1 << 20, Balance.RANDOM, Duration.ZERO);
    pools = new ClientPools(terms, n -> random.isEmpty() ? 0 : Math.min(n - 1, random.remove(0)));
    ClientKeys anybody = new ClientKeys("", List.of());
    endpoint =
        new RegisterEndpoint(
            new RegisterTerms(anybody, false, Duration.ofSeconds(10), 100, null),
            pools,
            new RefusedRegistrations(new Refusals()));
  }

  PoolsFixture() {
    this(100, 100, 100);
  }

  /** From now on clients are chosen so. */
  void balance(Balance balance) {
    change(balance, terms.expected());
  }

  /** From now on, a client that leaves is expected back for so long. */
  void expect(long nanos) {
    change(terms.balance(), Duration.ofNanos(nanos));
  }

  private void change(Balance balance, Duration expected) {
    terms =
        new PoolTerms(
            terms.maxConnections(),
            terms.maxPerClient(),
            terms.maxWaiting(),
            terms.envelopeMemory(),
            balance,
            expected);
    pools.change(terms);
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
    return connection(clientId, new Admitted(key, false, List.of(), null));
  }

  /** One whose handshake has shown this. */
  PooledConnection connection(String clientId, Admitted admitted) {
    PooledConnection c = new PooledConnection(new ScriptedSocket(), admitted, endpoint);
    c.named(clientId);
    return c;
  }

  /** A connection with these labels that is idle since 0. */
  PooledConnection labelled(String clientId, String... labels) {
    NamedKey key = new NamedKey("", KeyDigest.of(""));
    Admitted admitted = new Admitted(key, false, List.of(labels), null);
    return registered(connection(clientId, admitted), 1, 0);
  }

  /** A connection that is idle since then. */
  PooledConnection idle(String clientId, int idleSize, long now) {
    return registered(connection(clientId), idleSize, now);
  }

  /** A connection of version 2 that is about to register; it has heard something at 0. */
  PooledConnection greetingLink(String clientId) {
    LinkSettings settings = LinkSettings.of(1 << 20, new Windows(1 << 20), Duration.ofMinutes(1));
    LinkOffer offer = new LinkOffer(settings, LinkTerms.DEFAULT);
    NamedKey key = new NamedKey("", KeyDigest.of(""));
    return connection(clientId, new Admitted(key, false, List.of(), offer));
  }

  /** The same that has registered. */
  PooledConnection link(String clientId) {
    return registered(greetingLink(clientId), 1, 0);
  }

  private PooledConnection registered(PooledConnection c, int idleSize, long now) {
    String refused = pools.register(c, c.clientId(), idleSize, now);
    if (refused != null) throw new AssertionError(refused);
    return c;
  }

  Asker asks(long deadline) {
    return asks(null, deadline);
  }

  Asker asks(String wanted, long deadline) {
    Asker asker = new Asker(wanted);
    pools.waiters.lease(asker, deadline);
    return asker;
  }

  /** Leases one at once. */
  PooledConnection lease() {
    return lease(null);
  }

  /** Leases one at once, of this client or label. */
  PooledConnection lease(String wanted) {
    Asker asker = asks(wanted, 0);
    if (asker.got == null) throw new AssertionError("nothing is idle, " + asker.error);
    return asker.got;
  }

  /** The labels of each client that has any, by its id. */
  Map<String, List<String>> labels() {
    Map<String, List<String>> labels = new HashMap<>();
    for (ClientCounts c : pools.clients())
      if (!c.labels().isEmpty()) labels.put(c.clientId(), c.labels());
    return labels;
  }

  /** A waiter that notes what it is told. */
  static class Asker implements Waiter {
    volatile PooledConnection got;
    volatile ProxyError error;
    volatile int told;
    volatile boolean gone;
    private final String wanted;

    Asker() {
      this(null);
    }

    Asker(String wanted) {
      this.wanted = wanted;
    }

    @Override
    public String wanted() {
      return wanted;
    }

    @Override
    public boolean leased(Lease lease) {
      if (gone) return false;
      told++;
      got = (PooledConnection) lease;
      return true;
    }

    @Override
    public void refused(ProxyError why) {
      told++;
      error = why;
    }
  }
}
