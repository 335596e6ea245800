package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private final List<String> done = new ArrayList<>();
  private final Signals signals = new Signals(code -> done.add("end " + code));

  @Test
  void aReloadAskedForDuringTheStartIsDoneWhenItIsThroughAndOnce() {
    signals.hangup();
    signals.hangup();
    assertEquals(List.of(), done);
    signals.onHangup(() -> done.add("reload"));
    assertEquals(List.of("reload"), done);
    signals.hangup();
    assertEquals(List.of("reload", "reload"), done);
  }

  @Test
  void nothingIsReloadedThatNobodyAskedFor() {
    signals.onHangup(() -> done.add("reload"));
    assertEquals(List.of(), done);
  }

  @Test
  void anEndAskedForDuringTheStartIsAtOnceAndInOrder() {
    signals.terminate();
    assertEquals(List.of("end 0"), done);
  }

  @Test
  void theFirstAsksForAnOrderlyEndAndTheSecondForOneAtOnce() {
    signals.onTermination(() -> done.add("drain"));
    signals.terminate();
    assertEquals(List.of("drain"), done);
    signals.terminate();
    assertEquals(List.of("drain", "end 130"), done);
  }

  @Test
  void aSignalWithoutAMeaningEndsNothingAndIsToldWhenItCanBe() {
    signals.user();
    signals.onUser(() -> done.add("told"));
    assertEquals(List.of(), done);
    signals.user();
    assertEquals(List.of("told"), done);
  }
}
