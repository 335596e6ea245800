package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.client.tunnel.ClientLink;
import wsp.client.tunnel.Ending;
import wsp.client.tunnel.LinkOwner;
import wsp.client.tunnel.v1.V1Link;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.Urls;
import wsp.destination.ConfiguredUrl;
import wsp.limit.Budget;
import wsp.websocket.TextMessage;

/** Pools whose dialling goes nowhere until the test says how it went. */
class TargetsTest {
  private static final ConfiguredUrl URL = Urls.of("ws://servers.test:81/register");

  @AutoClose("shutdownNow")
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  private final List<Integer> servers = new ArrayList<>();
  private final List<String> dialled = new ArrayList<>();
  private final Map<String, ConnectionPool> pools = new LinkedHashMap<>();
  private final Map<String, ClientLink> connections = new LinkedHashMap<>();
  private final Map<String, Consumer<Dialer.Failure>> failures = new LinkedHashMap<>();
  private final Targets targets = new Targets(this::pool, (url, n) -> servers.add(n));

  private ConnectionPool pool(Endpoint endpoint) {
    ConnectionPool pool =
        new ConnectionPool(
            endpoint,
            () -> new Sizes(new PoolSizes(1, 1, 1, 1), new LinkSizes(1, 1, 1000)),
            this::dial,
            new Backoff(Duration.ofMinutes(1), () -> 0.999),
            Runnable::run,
            timer);
    pools.put(endpoint.dialled(), pool);
    return pool;
  }

  private void dial(Endpoint to, LinkOwner owner, Consumer<Dialer.Failure> failed) {
    dialled.add(to.dialled());
    connections.put(
        to.dialled(), new V1Link(null, owner, "id_1", null, new TextMessage(1, new Budget(1))));
    failures.put(to.dialled(), failed);
  }

  private void sync(String... texts) throws UnknownHostException {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (String text : texts) addresses.add(InetAddress.getByName(text));
    targets.sync(URL, addresses);
  }

  private void open(String address) {
    pools.get(address).opened(connections.get(address));
  }

  private List<String> kept() {
    return targets.pools().stream().map(ConnectionPool::target).toList();
  }

  private static String named(String address) {
    return URL + " at " + address;
  }

  @Test
  void thereIsOnePoolForEachAddress() throws Exception {
    sync("10.0.0.1", "10.0.0.2");
    assertEquals(List.of("10.0.0.1", "10.0.0.2"), dialled);
    assertEquals(List.of(named("10.0.0.1"), named("10.0.0.2")), kept());
  }

  @Test
  void anotherOrderIsNoChange() throws Exception {
    sync("10.0.0.1", "10.0.0.2");
    sync("10.0.0.2", "10.0.0.1");
    assertEquals(2, dialled.size());
    assertEquals(2, kept().size());
  }

  @Test
  void aPoolWhoseAddressHasGoneIsForgottenWhenItsLastConnectionHasClosed() throws Exception {
    sync("10.0.0.1", "10.0.0.2");
    open("10.0.0.1");
    ConnectionPool leaving = pools.get("10.0.0.1");
    leaving.busy(connections.get("10.0.0.1"));
    sync("10.0.0.2");
    assertTrue(kept().contains(named("10.0.0.1")), "its exchange runs");
    leaving.closed(connections.get("10.0.0.1"), Ending.OURS);
    targets.tick();
    assertEquals(List.of(named("10.0.0.2")), kept());
    assertEquals(List.of("10.0.0.1", "10.0.0.2"), dialled, "nothing was dialled again");
  }

  @Test
  void aServerThatIsLeavingCountsUntilItHasLeft() throws Exception {
    sync("10.0.0.1", "10.0.0.2");
    sync("10.0.0.2", "10.0.0.3");
    failures.get("10.0.0.1").accept(new Dialer.Failure(false, "timeout"));
    targets.tick();
    targets.tick();
    assertEquals(List.of(2, 3, 2), servers);
  }

  @Test
  void aPoolThatIsStillDiallingIsKeptUntilItIsKnownWhatCameOfIt() throws Exception {
    sync("10.0.0.1");
    sync("10.0.0.2");
    targets.tick();
    assertEquals(2, kept().size());
    failures.get("10.0.0.1").accept(new Dialer.Failure(false, "timeout"));
    targets.tick();
    assertEquals(List.of(named("10.0.0.2")), kept());
  }

  @Test
  void anAddressThatComesBackInTimeHasItsPoolAgain() throws Exception {
    sync("10.0.0.1");
    open("10.0.0.1");
    ConnectionPool before = pools.get("10.0.0.1");
    before.busy(connections.get("10.0.0.1"));
    sync("10.0.0.2");
    sync("10.0.0.1", "10.0.0.2");
    assertEquals(before, pools.get("10.0.0.1"));
    assertEquals(2, kept().size());
    before.closed(connections.get("10.0.0.1"), Ending.OURS);
    before.refill();
    targets.tick();
    assertEquals(2, kept().size(), "it stays");
  }

  @Test
  void anAddressThatComesBackLaterHasANewOne() throws Exception {
    sync("10.0.0.1");
    failures.get("10.0.0.1").accept(new Dialer.Failure(false, "timeout"));
    sync("10.0.0.2");
    targets.tick();
    sync("10.0.0.1", "10.0.0.2");
    assertEquals(List.of("10.0.0.1", "10.0.0.2", "10.0.0.1"), dialled);
  }

  @Test
  void whatIsNotOfThisNameStays() throws Exception {
    targets.add(Urls.of("ws://fixed.test/register"));
    targets.sync(Urls.of("ws://other.test/"), Set.of(InetAddress.getByName("10.0.0.9")));
    sync("10.0.0.1");
    sync("10.0.0.2");
    failures.get("10.0.0.1").accept(new Dialer.Failure(false, "timeout"));
    targets.tick();
    assertEquals(
        List.of("ws://fixed.test/register", "ws://other.test/ at 10.0.0.9", named("10.0.0.2")),
        kept());
  }

  @Test
  void thereAreNoNewPoolsOnceAllDrain() throws Exception {
    sync("10.0.0.1");
    targets.drain();
    sync("10.0.0.2");
    assertEquals(List.of("10.0.0.1"), dialled);
    assertTrue(targets.awaitEmpty(System.nanoTime()));
  }

  @Test
  void aLinkThatCannotBeLookedAfterGoesAndTheOthersHaveTheirTurn() throws Exception {
    sync("10.0.0.1", "10.0.0.2");
    List<FakeLink> links = new ArrayList<>();
    for (ConnectionPool pool : pools.values()) {
      for (int i = 0; i < 2; i++) {
        FakeLink link = new FakeLink(1);
        link.fails = i == 0;
        pool.opened(link);
        links.add(link);
      }
    }
    targets.tick();
    for (FakeLink link : links) {
      assertEquals(1, link.ticks);
      assertEquals(link.fails, link.aborted);
    }
  }
}
