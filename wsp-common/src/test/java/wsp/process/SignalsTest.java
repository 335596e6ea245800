package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private final List<String> done = new ArrayList<>();
  private final Signals signals = new Signals(code -> done.add("end " + code));

  @Test
  void a_reload_asked_for_during_the_start_is_done_when_it_is_through_and_once() {
    signals.hangup();
    signals.hangup();
    assertEquals(List.of(), done);
    signals.onHangup(() -> done.add("reload"));
    assertEquals(List.of("reload"), done);
    signals.hangup();
    assertEquals(List.of("reload", "reload"), done);
  }

  @Test
  void nothing_is_reloaded_that_nobody_asked_for() {
    signals.onHangup(() -> done.add("reload"));
    assertEquals(List.of(), done);
  }

  @Test
  void an_end_asked_for_during_the_start_is_at_once_and_in_order() {
    signals.terminate();
    assertEquals(List.of("end 0"), done);
  }

  @Test
  void the_first_asks_for_an_orderly_end_and_the_second_for_one_at_once() {
    signals.onTermination(() -> done.add("drain"));
    signals.terminate();
    assertEquals(List.of("drain"), done);
    signals.terminate();
    assertEquals(List.of("drain", "end 130"), done);
  }

  @Test
  void a_signal_without_a_meaning_ends_nothing_and_is_told_when_it_can_be() {
    signals.user();
    signals.onUser(() -> done.add("told"));
    assertEquals(List.of(), done);
    signals.user();
    assertEquals(List.of("told"), done);
  }
}
