package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.destination.IpLiteral;

/**
 * How many attempts there are at a time, with sockets and a clock that the test has in its hand.
 */
class RaceLimitsTest {
  private static final Racing.Place PLACE = new Racing.Place("a.test", 80);

  /** One attempt to connect, until it is cancelled. */
  private record Attempt(
      InetAddress address,
      FutureCallback<IOSession> callback,
      CompletableFuture<IOSession> future) {
    boolean runs() {
      return !future.isDone();
    }

    void refuse() {
      future.cancel(false);
      callback.failed(new ConnectException("refused"));
    }

    /** As the I/O thread does, also where it was cancelled at that moment. */
    void connect() {
      callback.completed(session());
    }
  }

  private static IOSession session() {
    return (IOSession)
        Proxy.newProxyInstance(
            IOSession.class.getClassLoader(),
            new Class<?>[] {IOSession.class},
            (proxy, method, arguments) -> null);
  }

  private final List<Attempt> attempts = new ArrayList<>();
  private @Nullable Runnable alarm;
  private long alarmMillis;

  /** Has the last task in {@link #alarm}. */
  @AutoClose("shutdownNow")
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          alarm = task;
          alarmMillis = unit.toMillis(delay);
          return super.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
      };

  private Racing racing(int spare) {
    return new Racing(this::connect, timer, spare);
  }

  private Future<IOSession> connect(
      String host,
      InetSocketAddress address,
      Duration timeout,
      IOEventHandler handler,
      FutureCallback<IOSession> callback) {
    Attempt attempt = new Attempt(address.getAddress(), callback, new CompletableFuture<>());
    attempts.add(attempt);
    return attempt.future;
  }

  private static final class Result implements Racing.Outcome {
    final List<InetAddress> winners = new ArrayList<>();
    final List<Exception> causes = new ArrayList<>();

    @Override
    public void connected(IOSession session, InetAddress address) {
      winners.add(address);
    }

    @Override
    public void failed(List<Exception> all) {
      causes.addAll(all);
    }
  }

  private static List<InetAddress> addresses(int n) {
    return IntStream.range(0, n).mapToObj(i -> IpLiteral.of("10.0.0." + i)).toList();
  }

  private static Future<?> race(Racing racing, int addresses, Racing.Outcome outcome) {
    long deadline = System.nanoTime() + TimeUnit.DAYS.toNanos(1);
    return racing.connect(PLACE, addresses(addresses), deadline, outcome);
  }

  /** The next alarm goes off; false if there is none. */
  private boolean expire() {
    Runnable task = alarm;
    alarm = null;
    if (task != null) task.run();
    return task != null;
  }

  private List<Attempt> running() {
    return attempts.stream().filter(Attempt::runs).toList();
  }

  @ParameterizedTest
  @CsvSource({"100, 4", "3, 4", "2, 3", "1, 2", "0, 1"})
  void whereNobodyAnswersAFewAttemptsRunAtATime(int spare, int most) {
    var unused = race(racing(spare), 20, new Result());
    for (int begun = 1; begun <= 20; begun++) {
      assertEquals(begun, attempts.size());
      int first = Math.max(0, begun - most);
      // The eldest are given up, and none before there is need.
      assertEquals(attempts.subList(first, begun), running());
      if (begun < 20) assertEquals(begun < most ? 250 : 1000, alarmMillis, "after " + begun);
      assertEquals(begun < 20, expire());
    }
  }

  @Test
  void whereAllRefuseOneFollowsTheOther() {
    Result result = new Result();
    var unused = race(racing(100), 20, result);
    for (int i = 0; i < 20; i++) {
      assertEquals(i + 1, attempts.size());
      attempts.get(i).refuse();
    }
    assertEquals(20, result.causes.size());
  }

  @Test
  void oneThatFailsMakesRoomSoThatNoneIsGivenUp() {
    Result result = new Result();
    var unused = race(racing(1), 4, result);
    expire();
    attempts.get(0).refuse();
    assertEquals(attempts.subList(1, 3), running());
    attempts.get(1).refuse();
    assertEquals(attempts.subList(2, 4), running());
    attempts.get(2).refuse();
    attempts.get(3).refuse();
    assertEquals(4, result.causes.size());
  }

  @Test
  void whatWasGivenUpFailedByTime() {
    Result result = new Result();
    var unused = race(racing(0), 2, result);
    expire();
    // Too late: it is told of once.
    attempts.get(0).callback().failed(new ConnectException("refused"));
    attempts.get(1).refuse();
    assertEquals(2, result.causes.size());
    assertInstanceOf(SocketTimeoutException.class, result.causes.get(0));
    assertInstanceOf(ConnectException.class, result.causes.get(1));
  }

  @Test
  void oneThatAnswersWhenItHasBeenGivenUpDoesNotWin() {
    Result result = new Result();
    var unused = race(racing(0), 2, result);
    expire();
    attempts.get(0).connect();
    assertEquals(List.of(), result.winners);
    attempts.get(1).connect();
    assertEquals(addresses(2).subList(1, 2), result.winners);
  }

  @Test
  void allRacesShareWhatThereIsAndGiveItBack() {
    Racing racing = racing(3);
    // Ended by each of the ways in which one can end, with all that there is in use.
    List<Runnable> ends =
        List.of(() -> running().get(0).connect(), () -> running().forEach(Attempt::refuse));
    for (Runnable end : ends) {
      useAll(racing);
      end.run();
      attempts.clear();
    }
    Future<?> cancelled = useAll(racing);
    assertTrue(cancelled.cancel(true));
    assertEquals(List.of(), running());
    useAll(racing);
    attempts.clear();
    // There is none left: one at a time.
    var unused = race(racing, 4, new Result());
    while (expire()) assertEquals(1, running().size());
    assertEquals(4, attempts.size());
  }

  private Future<?> useAll(Racing racing) {
    Future<?> race = race(racing, 4, new Result());
    while (expire()) assertTrue(running().size() > 1);
    assertEquals(4, running().size());
    return race;
  }
}
