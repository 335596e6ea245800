package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    signals.user("SIGUSR1");
    signals.onUser(done::add);
    assertEquals(List.of(), done);
    signals.user("SIGUSR2");
    assertEquals(List.of("SIGUSR2"), done);
  }

  @ParameterizedTest
  @CsvSource({
    ",false",
    "'',false",
    "12,false",
    "40,true",
    "64,true",
    "11,false",
    "65,false",
    "x,false"
  })
  void theJvmLeavesSigusr2WhereItHasAnother(String number, boolean leaves) {
    assertEquals(leaves, Signals.leavesUsr2(number));
  }
}
