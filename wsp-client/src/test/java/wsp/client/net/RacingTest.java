package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.destination.IpLiteral;

/** With loopback addresses that answer, refuse, or swallow what comes. */
@Timeout(60)
class RacingTest {
  private final Reactor reactor = new Reactor(1);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Racing racing = new Racing(reactor, timer, 100);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerSocket live;

  @BeforeEach
  void listen() throws Exception {
    live = new ServerSocket(0, 50, IpLiteral.of("127.0.0.1"));
    opened.add(live);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable o : opened) o.close();
    reactor.close();
    timer.shutdownNow();
  }

  /** At the port of the live one, but with a queue that is full: what comes is dropped. */
  private void swallowAt(String address) throws Exception {
    InetSocketAddress at = new InetSocketAddress(IpLiteral.of(address), live.getLocalPort());
    opened.add(new ServerSocket(at.getPort(), 1, at.getAddress()));
    for (int i = 0; i < 6; i++) {
      SocketChannel filler = SocketChannel.open();
      opened.add(filler);
      filler.configureBlocking(false);
      filler.connect(at);
    }
  }

  /** What came of one race. */
  private final class Result implements Racing.Outcome {
    final CompletableFuture<InetAddress> address = new CompletableFuture<>();
    final CompletableFuture<List<Exception>> causes = new CompletableFuture<>();

    /** What the session asks its selector for when it is handed over. */
    final CompletableFuture<Integer> events = new CompletableFuture<>();

    final Future<?> race;

    Result(Duration limit, String... addresses) {
      List<InetAddress> all = Arrays.stream(addresses).map(IpLiteral::of).toList();
      race =
          racing.connect(
              new Racing.Place("a.test", live.getLocalPort()),
              all,
              System.nanoTime() + limit.toNanos(),
              this);
    }

    @Override
    public void connected(IOSession session, InetAddress at) {
      events.complete(session.getEventMask());
      assertTrue(address.complete(at));
      session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void failed(List<Exception> all) {
      assertTrue(causes.complete(all));
    }

    String winner() throws ExecutionException, InterruptedException {
      return address.get().getHostAddress();
    }
  }

  private static final Duration LONG = Duration.ofSeconds(50);

  @Test
  void whatIsConnectedWaitsNoMoreForBeingConnected() throws Exception {
    Result first = new Result(LONG, "127.0.0.1");
    first.winner();
    assertEquals(0, first.events.get() & SelectionKey.OP_CONNECT);
  }

  @Test
  void anAddressThatSwallowsEverythingCostsAMoment() throws Exception {
    swallowAt("127.0.0.2");
    Result first = new Result(LONG, "127.0.0.2", "127.0.0.1");
    assertEquals("127.0.0.1", first.winner());
    assertFalse(first.causes.isDone());
  }

  @Test
  void ofAddressesThatAnswerTheResolverSFirstIsUsedEachTime() throws Exception {
    opened.add(new ServerSocket(live.getLocalPort(), 50, IpLiteral.of("127.0.0.2")));
    assertEquals("127.0.0.1", new Result(LONG, "127.0.0.1", "127.0.0.2").winner());
    assertEquals("127.0.0.2", new Result(LONG, "127.0.0.2", "127.0.0.1").winner());
    assertEquals("127.0.0.1", new Result(LONG, "127.0.0.1", "127.0.0.2").winner());
  }

  @Test
  void anAddressThatAnsweredInPlaceOfAnotherComesFirst() throws Exception {
    opened.add(new ServerSocket(live.getLocalPort(), 50, IpLiteral.of("127.0.0.2")));
    assertEquals("127.0.0.2", new Result(LONG, "127.0.0.3", "127.0.0.2", "127.0.0.1").winner());
    assertEquals("127.0.0.2", new Result(LONG, "127.0.0.1", "127.0.0.2").winner());
  }

  @Test
  void whereThereIsLittleTimeEachAddressGetsItsShare() throws Exception {
    swallowAt("127.0.0.2");
    swallowAt("127.0.0.3");
    Result race = new Result(Duration.ofMillis(400), "127.0.0.2", "127.0.0.3", "127.0.0.1");
    assertEquals("127.0.0.1", race.winner());
  }

  @Test
  void theNextFollowsAtOnceWhereNobodyListens() throws Exception {
    // More than could be had at four a second.
    String[] addresses = new String[100];
    for (int i = 0; i < 99; i++) addresses[i] = "127.0.1." + i;
    addresses[99] = "127.0.0.1";
    assertEquals("127.0.0.1", new Result(Duration.ofSeconds(20), addresses).winner());
  }

  @Test
  void theFailuresOfAllAreTold() throws Exception {
    List<Exception> causes = new Result(LONG, "127.0.0.2", "127.0.0.3").causes.get();
    assertEquals(2, causes.size());
    for (Exception cause : causes) assertInstanceOf(ConnectException.class, cause);
  }

  @Test
  void theTimeIsOverForAllTogether() throws Exception {
    swallowAt("127.0.0.2");
    swallowAt("127.0.0.3");
    Result race = new Result(Duration.ofMillis(300), "127.0.0.2", "127.0.0.3");
    List<Exception> causes = race.causes.get();
    assertEquals(2, causes.size());
    for (Exception cause : causes) assertInstanceOf(SocketTimeoutException.class, cause);
  }

  @Test
  void aRaceThatIsBrokenOffHasNoOutcome() throws Exception {
    swallowAt("127.0.0.2");
    Result race = new Result(LONG, "127.0.0.2", "127.0.0.1");
    assertTrue(race.race.cancel(true));
    assertFalse(race.race.cancel(true));
    // What would have come next has come and gone.
    timer.schedule(() -> {}, 300, TimeUnit.MILLISECONDS).get();
    assertFalse(race.address.isDone() || race.causes.isDone());
  }
}
