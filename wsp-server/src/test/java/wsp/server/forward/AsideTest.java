package wsp.server.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.process.BoundedExecutor;
import wsp.server.listener.Caller;

class AsideTest {
  private final Deque<Runnable> workers = new ArrayDeque<>();
  private final BoundedExecutor one = new BoundedExecutor(workers::add, 1, 2);
  private final List<String> events = new ArrayList<>();

  /** Callers that come have left already. */
  private boolean left;

  /** What its caller does when it goes. */
  private Runnable take(String name) {
    return take(name, Long.MAX_VALUE / 2);
  }

  private Runnable take(String name, long patience) {
    Caller.Gone[] gone = {null};
    Caller caller =
        (Caller)
            Proxy.newProxyInstance(
                Caller.class.getClassLoader(),
                new Class<?>[] {Caller.class},
                (proxy, method, args) -> {
                  assertEquals("onGone", method.getName());
                  gone[0] = (Caller.Gone) args[0];
                  if (left) gone[0].gone(null);
                  return null;
                });
    new Aside(
            name.charAt(0),
            System.nanoTime() + patience,
            () -> events.add(name),
            why -> events.add(name + (why.isOver() ? " left" : " " + why.detail())))
        .take(caller, one);
    return () -> gone[0].gone(null);
  }

  private void work() {
    while (!workers.isEmpty()) workers.remove().run();
  }

  @Test
  void stepsAreTakenInTheOrderOfTheirComing() {
    take("a");
    take("b");
    take("c");
    assertEquals(1, workers.size(), "at once");
    work();
    assertEquals(List.of("a", "b", "c"), events);
  }

  @Test
  void thatOfACallerWhoLeavesIsNotTakenAndHoldsNobodyUp() {
    Runnable first = take("a");
    Runnable second = take("b");
    take("c");
    second.run();
    first.run();
    work();
    assertEquals(List.of("b left", "a left", "c"), events);
  }

  @Test
  void callersTakeTurnsAndWhatIsTooMuchOrTooLateIsRefused() {
    take("c1", -1);
    take("a1");
    take("a2");
    take("a3");
    take("b1");
    work();
    assertEquals(
        List.of(
            "a3 too many of this caller wait to be judged",
            "c1 it has waited for timeout",
            "a1",
            "b1",
            "a2"),
        events);
  }

  @Test
  void thatOfACallerWhoHasLeftAlreadyDoesNotWait() {
    left = true;
    take("a");
    assertEquals(0, workers.size());
    assertEquals(List.of("a left"), events);
  }

  @Test
  void aCallerWhoLeavesLaterIsNotTheStepsAffair() {
    Runnable gone = take("a");
    work();
    gone.run();
    assertEquals(List.of("a"), events);
  }
}
