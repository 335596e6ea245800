package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.testing.Await;

@Timeout(60)
class LookupsTest {
  /** That are looked up or wait at a time, each of another zone. */
  private static final int ALL = Lookups.THREADS + Lookups.MOST_WAITING;

  private final CountDownLatch dead = new CountDownLatch(1);
  private volatile String hangs = "dead";
  private final AtomicInteger asked = new AtomicInteger();
  private final Lookups lookups = new Lookups("test-names", this::answer);

  private List<InetAddress> answer(String host) throws Exception {
    asked.incrementAndGet();
    if (host.startsWith("dead") || host.startsWith(hangs)) dead.await();
    if (host.equals("unknown.test")) throw new UnknownHostException(host);
    return List.of(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() {
    dead.countDown();
    lookups.close();
  }

  @Test
  void aNameThatHangsHoldsUpOneThreadHoweverManyWantIt() throws Exception {
    List<CompletableFuture<List<InetAddress>>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) waiting.add(lookups.find("dead.test"));
    assertEquals(1, lookups.find("alive.test").get().size());
    // The thread that hangs may begin after the other one has ended.
    Await.until("both names have been asked for", () -> asked.get() == 2);
    // One who gives up takes nothing from the others.
    assertTrue(waiting.get(0).cancel(true));
    dead.countDown();
    for (var w : waiting.subList(1, 100)) assertEquals(1, w.get().size());
    assertEquals(2, asked.get());
  }

  @Test
  void howeverManyNamesHangThoseThatWereQuickAreFound() throws Exception {
    for (int i = 0; i < 20; i++) assertEquals(1, lookups.find("quick" + i).get().size());
    for (int i = 0; i < 500; i++) lookups.find("dead" + i);
    for (int round = 0; round < 3; round++)
      for (int i = 0; i < 20; i++) assertEquals(1, lookups.find("quick" + i).get().size());
  }

  @Test
  void aQuickNameThatHangsIsNoQuickOneAnyMore() throws Exception {
    for (int i = 0; i < 8; i++) lookups.find("later-dead" + i).get();
    assertEquals(1, lookups.find("quick").get().size());
    hangs = "later-dead";
    for (int i = 0; i < 7; i++) lookups.find("later-dead" + i);
    assertEquals(1, lookups.find("quick").get().size());
  }

  /** Asks for names of a zone until there is no place for more of them; how many there were. */
  private int fill(String zone) {
    int n = 0;
    while (!lookups.find("dead" + n + "." + zone).isCompletedExceptionally()) n++;
    return n;
  }

  @Test
  void aZoneThatHangsHoldsUpItself() throws Exception {
    assertEquals(ALL / 2, fill("slow.test"));
    assertEquals(1, lookups.find("alive.test").get().size());
    assertEquals(ALL / 4, fill("slower.test"));
    assertEquals(1, lookups.find("alive.too.test").get().size());
    assertTrue(lookups.find("alive.slow.test").isCompletedExceptionally());
  }

  @Test
  void namesOfAZoneThatWereQuickAndHangHoldUpNoneOfAnother() throws Exception {
    for (int i = 0; i < 1100; i++) {
      assertEquals(1, lookups.find("later" + i + ".slow.test").get().size());
      if (i == 0) assertEquals(1, lookups.find("a.quick.test").get().size());
    }
    hangs = "later";
    for (int i = 0; i < 1100; i++) lookups.find("later" + i + ".slow.test");
    for (int i = 0; i < 20; i++) fill("zone" + i + ".test");
    assertEquals(1, lookups.find("a.quick.test").get().size());
  }

  @Test
  void whatFailedIsAskedAgain() {
    for (int i = 1; i <= 2; i++) {
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> lookups.find("unknown.test").get());
      assertInstanceOf(UnknownHostException.class, e.getCause());
      assertEquals(i, asked.get());
    }
  }

  @Test
  void thereIsAnEndToWhatMayWait() {
    CompletableFuture<List<InetAddress>> last = lookups.find("dead0.test");
    for (int i = 1; i <= ALL; i++) last = lookups.find("dead" + i + ".test");
    ExecutionException e = assertThrows(ExecutionException.class, last::get);
    assertInstanceOf(RejectedExecutionException.class, e.getCause());
  }

  @Test
  void oneThatNobodyWaitsForAnyMoreGivesItsPlaceUp() {
    List<CompletableFuture<List<InetAddress>>> waiting = new ArrayList<>();
    for (int i = 0; i < ALL; i++) waiting.add(lookups.find("dead" + i));
    CompletableFuture<List<InetAddress>> another = lookups.find("dead" + (ALL - 1));
    for (CompletableFuture<List<InetAddress>> one : waiting) assertTrue(one.cancel(false));
    CompletableFuture<List<InetAddress>> last = another;
    for (int i = 0; i < 999; i++) last = lookups.find("dead again" + i);
    assertFalse(last.isDone());
    assertFalse(another.isDone());
    assertTrue(lookups.find("dead at last").isCompletedExceptionally());
  }

  /** Five would do: each has as many threads as it leaves free. */
  @Test
  void howeverManyZonesAreSlowOthersAreFoundAMomentLater() throws Exception {
    assertEquals(1, lookups.find("www.known.test").get().size());
    for (int i = 0; i < 16; i++)
      for (int zone = 0; zone < 8; zone++)
        lookups.find("later" + i + ".slow" + zone + ".test").get();
    hangs = "later";
    for (int i = 0; i < 40; i++)
      for (int zone = 0; zone < 8; zone++) lookups.find("later" + i + ".slow" + zone + ".test");
    for (int i = 0; i < 3; i++) {
      assertEquals(1, lookups.find("www.known.test").get(20, TimeUnit.SECONDS).size());
      assertEquals(1, lookups.find("new" + i + ".test").get(20, TimeUnit.SECONDS).size());
    }
  }
}
