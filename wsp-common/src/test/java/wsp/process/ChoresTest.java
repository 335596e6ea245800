package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoresTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void eachIsGivenTheTimeOfItsPassInOrder() {
    Chores chores =
        new Chores().add("a", now -> done.add("a" + now)).add("b", now -> done.add("b" + now));
    chores.pass(1);
    chores.pass(50);
    assertEquals(List.of("a1", "b1", "a50", "b50"), done);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {IllegalStateException.class, NoClassDefFoundError.class, StackOverflowError.class})
  void oneThatFailsKeepsNoOtherFromItsTurnAndIsTriedAgain(Class<? extends Throwable> kind) {
    Chores chores =
        new Chores()
            .add(
                "a",
                now -> {
                  done.add("a" + now);
                  if (now < 3) fail(kind);
                })
            .add("b", now -> done.add("b" + now));
    for (int now = 1; now <= 3; now++) chores.pass(now);
    assertEquals(List.of("a1", "b1", "a2", "b2", "a3", "b3"), done);
  }

  private static void fail(Class<? extends Throwable> kind) {
    if (kind == IllegalStateException.class) throw new IllegalStateException("no");
    if (kind == NoClassDefFoundError.class) throw new NoClassDefFoundError("no");
    throw new StackOverflowError("no");
  }
}
