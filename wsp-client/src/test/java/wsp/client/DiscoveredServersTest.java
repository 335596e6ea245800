package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.testing.Await;

/** Three servers at three addresses of one name, which come and go. */
@Timeout(120)
class DiscoveredServersTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final AtomicInteger lookups = new AtomicInteger();
  private FakeServer one;
  private FakeServer two;
  private FakeServer three;
  private ScriptedOrigin origin;
  private WspClient client;

  /** What the DNS says; nothing if it is down. */
  private volatile List<String> addresses;

  @BeforeEach
  void open() throws Exception {
    origin = new ScriptedOrigin();
    one = new FakeServer();
    two = new FakeServer(InetAddress.getByName("127.0.0.2"), one.port());
    three = new FakeServer(InetAddress.getByName("127.0.0.3"), one.port());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    for (FakeServer s : List.of(one, two, three)) s.close();
    origin.close();
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    List<String> now = addresses;
    if (now.isEmpty()) throw new UnknownHostException(host);
    InetAddress[] all = new InetAddress[now.size()];
    for (int i = 0; i < all.length; i++) all[i] = InetAddress.getByName(now.get(i));
    return all;
  }

  private void start(String... first) throws Exception {
    addresses = List.of(first);
    String target = "dns+ws://servers.test:" + one.port() + "/register";
    String sizes = "poolidlesize: 2\npoolmaxsize: 2";
    client = ClientFixture.client(this::lookUp, target, "resolveinterval: 1s", sizes);
    client.start();
  }

  private void awaitLookups(int more) {
    int before = lookups.get();
    Await.until("the name is looked up", SOON, () -> lookups.get() >= before + more);
  }

  private void works(Peer peer) throws Exception {
    peer.get(origin.url("/ok"));
    assertEquals(200, peer.answer().head().status());
  }

  @Test
  void registrationsFollowTheAddressesAndARunningExchangeFinishes() throws Exception {
    origin.on(
        "/wait",
        r -> {
          r.proceed.acquireUninterruptibly();
          r.reply("200 OK", "waited");
        });
    start("127.0.0.2", "127.0.0.1");
    Peer busy = one.next();
    Peer idle = one.next();
    Peer staying = two.next();
    assertEquals("servers.test:" + one.port(), FakeServer.field(one.heads.get(0), "Host"));
    assertTrue(three.heads.isEmpty());
    busy.get(origin.url("/wait"));
    Await.until("the request arrives", SOON, () -> origin.last("/wait") != null);

    addresses = List.of("127.0.0.2", "127.0.0.3");
    works(three.next());
    assertEquals(1001, idle.closed());
    idle.close();
    origin.last("/wait").proceed.release();
    assertEquals("waited", busy.answer().text());
    assertEquals(1001, busy.closed());
    busy.close();
    awaitLookups(2);
    assertEquals(2, one.heads.size(), "the first one is left alone");
    works(staying);

    addresses = List.of("127.0.0.3", "127.0.0.1", "127.0.0.2");
    works(one.next());
  }

  @Test
  void whileTheDnsIsDownEverythingStays() throws Exception {
    start("127.0.0.1", "127.0.0.2");
    Peer first = one.next();
    Peer second = two.next();
    addresses = List.of();
    awaitLookups(3);
    works(first);
    works(second);
    // Not only those that are open: a lost one is dialled again.
    one.next();
    first.close();
    works(one.next());
  }

  @Test
  void aNameThatIsNotKnownAtTheStartIsAskedForAgain() throws Exception {
    start();
    awaitLookups(3);
    addresses = List.of("127.0.0.3");
    works(three.next());
  }
}
