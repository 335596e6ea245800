package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.server.failure.ProxyError;
import wsp.tunnel.Reset;

/** Clients of both versions of the wire, and requests that only those of version 2 can carry. */
class MixedFleetTest {
  private static final long LATER = Long.MAX_VALUE / 2;

  private final PoolsFixture f = new PoolsFixture();

  /** Notes what it gets, by the id of the client. */
  private static final class Asker implements Waiter {
    private final boolean bytes;
    private final String wanted;
    private final List<String> told = new ArrayList<>();
    private Lease lease;

    Asker(boolean bytes, String wanted) {
      this.bytes = bytes;
      this.wanted = wanted;
    }

    @Override
    public boolean needsBytes() {
      return bytes;
    }

    @Override
    public String wanted() {
      return wanted;
    }

    @Override
    public boolean leased(Lease got) {
      lease = got;
      told.add(got.clientId());
      return true;
    }

    @Override
    public void refused(ProxyError error) {
      told.add(error.name());
    }

    @Override
    public void tooOld(String clientId) {
      told.add("too old: " + clientId);
    }

    String last() {
      return told.isEmpty() ? "waits" : String.join(", ", told);
    }
  }

  private Asker ask(boolean bytes, String wanted) {
    Asker asker = new Asker(bytes, wanted);
    var unused = f.pools.waiters.lease(asker, LATER);
    return asker;
  }

  private Asker upgrade() {
    return ask(true, null);
  }

  private Asker plain() {
    return ask(false, null);
  }

  @Test
  void anUpgradeGoesToAClientThatCanCarryItHoweverManyCannot() {
    for (int i = 0; i < 9; i++) f.idle("old_" + i, 1, 0);
    f.link("new");
    for (int i = 0; i < 5; i++) assertEquals("new", upgrade().last());
    assertEquals("old_0", plain().last());
  }

  @Test
  void withoutOneItIsRefusedAtOnceBeTheOldOnesIdleOrBusy() {
    PooledConnection old = f.idle("old", 1, 0);
    assertEquals("too old: old", upgrade().last());
    assertEquals(PooledConnection.State.IDLE, old.state);
    assertEquals("old", plain().last());
    assertEquals("too old: old", upgrade().last());
    assertEquals("NO_CLIENT", ask(true, "nobody").last());
  }

  @Test
  void theClientThatIsWantedHasToBeOne() {
    f.idle("old", 1, 0);
    f.link("new");
    assertEquals("too old: old", ask(true, "old").last());
    assertEquals("new", ask(true, "new").last());
  }

  @Test
  void whileTheOnesThatCanAreFullItWaitsAndIdleOldOnesDoNotServeIt() {
    PooledConnection link = f.link("new");
    Asker first = upgrade();
    fill(link);
    PooledConnection old = f.idle("old", 1, 0);
    Asker upgrade = upgrade();
    assertEquals("waits", upgrade.last());
    assertEquals("old", plain().last());
    Asker behind = plain();
    assertEquals("waits", behind.last());
    f.pools.release(old, 1);
    assertEquals("old", behind.last());
    assertEquals("waits", upgrade.last());
    first.lease.discard(Reset.CANCELLED);
    unfill(link);
    assertEquals("new", upgrade.last());
  }

  private void fill(PooledConnection link) {
    shared(link).silent(true);
  }

  private void unfill(PooledConnection link) {
    shared(link).silent(false);
  }

  private static SharedLink shared(PooledConnection c) {
    SharedLink link = c.shared;
    if (link == null) throw new AssertionError();
    return link;
  }

  @Test
  void atItsDeadlineItIsToldWhatIsThere() {
    PooledConnection link = f.link("new");
    f.idle("old", 1, 0);
    fill(link);
    Asker busy = upgrade();
    assertTrue(f.pools.waiters.expire(LATER) > 0);
    assertEquals("NO_CONNECTION", busy.last());
    Asker lost = upgrade();
    assertEquals("waits", lost.last());
    f.pools.remove(link, false, 0);
    f.pools.waiters.expire(LATER);
    assertEquals("CLIENT_TOO_OLD", lost.last());
    assertEquals("too old: old", upgrade().last());
  }

  @Test
  void aClientThatWasOneAndIsExpectedBackIsWaitedFor() {
    f.expect(1000);
    PooledConnection link = f.link("new");
    f.idle("old", 1, 0);
    f.pools.remove(link, true, 0);
    Asker upgrade = upgrade();
    assertEquals("waits", upgrade.last());
    f.link("new");
    assertEquals("new", upgrade.last());
    f.pools.remove(shared("new"), true, 0);
    Asker late = upgrade();
    f.pools.waiters.expire(LATER);
    assertEquals("CLIENT_TOO_OLD", late.last());
  }

  private PooledConnection shared(String clientId) {
    for (PooledConnection c : f.pools.all()) if (c.clientId().equals(clientId)) return c;
    throw new AssertionError(clientId);
  }

  @Test
  void anOldClientThatIsExpectedBackMayComeAsANewOne() {
    f.expect(1000);
    PooledConnection old = f.idle("client", 1, 0);
    f.pools.remove(old, true, 0);
    Asker upgrade = upgrade();
    assertEquals("waits", upgrade.last());
    f.link("client");
    assertEquals("client", upgrade.last());
  }

  @Test
  void aNewClientThatComesAsAnOldOneIsOneFromThenOn() {
    PooledConnection link = f.link("client");
    f.idle("client", 1, 0);
    assertEquals("client", upgrade().last());
    f.pools.remove(link);
    assertEquals("too old: client", upgrade().last());
    f.link("client");
    assertEquals("client", upgrade().last());
  }

  @Test
  void whenAllClientsHaveGoneNobodyWaits() {
    f.expect(1000);
    PooledConnection old = f.idle("client", 1, 0);
    f.pools.remove(old, true, 0);
    Asker upgrade = upgrade();
    f.pools.drain();
    assertEquals("DRAINING", upgrade.last());
    assertNull(upgrade.lease);
  }

  @Test
  void byALabelOnlyItsClientsCount() {
    f.labelled("old", "north");
    f.link("new");
    assertEquals("too old: old", ask(true, "north").last());
    f.labelled("new", "north");
    assertEquals("new", ask(true, "north").last());
  }
}
