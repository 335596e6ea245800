package wsp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.relay.RelayState.Action;
import wsp.relay.RelayState.Direction;

class RelayStateTest {
  private enum Event {
    REQUEST_BEGINS(RelayState::requestBegins),
    REQUEST_ENDS(RelayState::requestEnds),
    INTERIM_BEGINS(RelayState::interimBegins),
    INTERIM_ENDS(RelayState::interimEnds),
    RESPONSE_BEGINS(RelayState::responseBegins),
    UPGRADES(RelayState::upgrades),
    RESPONSE_ENDS(RelayState::responseEnds),
    FAILS(RelayState::fails),
    CANCELS(
        s -> {
          s.cancels();
          return Action.NOTHING;
        }),
    AGAIN(
        s -> {
          s.requestAgain();
          return Action.NOTHING;
        });

    private final Function<RelayState, Action> send;

    Event(Function<RelayState, Action> send) {
      this.send = send;
    }
  }

  private static String shown(RelayState s) {
    return s.request() + " " + s.response() + " " + s.whole();
  }

  /** The state before, as the events that lead to it; the event; what it asks for; the state. */
  @ParameterizedTest
  @CsvSource({
    ", REQUEST_BEGINS, PASS, OPEN AWAITED JOINED",
    "REQUEST_BEGINS, REQUEST_BEGINS, NOTHING, OPEN AWAITED JOINED",
    "REQUEST_BEGINS, AGAIN, NOTHING, AWAITED AWAITED JOINED",
    "REQUEST_BEGINS AGAIN, REQUEST_BEGINS, PASS, OPEN AWAITED JOINED",
    "REQUEST_BEGINS, REQUEST_ENDS, PASS, ENDED AWAITED JOINED",
    "REQUEST_BEGINS, RESPONSE_BEGINS, PASS, OPEN OPEN JOINED",
    "REQUEST_BEGINS, FAILS, ANSWER, OPEN AWAITED REFUSED",
    ", FAILS, ANSWER, AWAITED AWAITED REFUSED",
    ", CANCELS, NOTHING, AWAITED AWAITED OVER",
    "REQUEST_BEGINS RESPONSE_BEGINS, RESPONSE_BEGINS, NOTHING, OPEN OPEN JOINED",
    "REQUEST_BEGINS RESPONSE_BEGINS, REQUEST_ENDS, PASS, ENDED OPEN JOINED",
    "REQUEST_BEGINS RESPONSE_BEGINS, RESPONSE_ENDS, PASS, OPEN ENDED JOINED",
    "REQUEST_BEGINS RESPONSE_BEGINS, FAILS, BREAK, OPEN OPEN OVER",
    "REQUEST_BEGINS REQUEST_ENDS, RESPONSE_BEGINS, PASS, ENDED OPEN JOINED",
    "REQUEST_BEGINS REQUEST_ENDS, AGAIN, NOTHING, AWAITED AWAITED JOINED",
    "REQUEST_BEGINS REQUEST_ENDS, FAILS, ANSWER, ENDED AWAITED REFUSED",
    "REQUEST_BEGINS REQUEST_ENDS RESPONSE_BEGINS, RESPONSE_ENDS, FINISH, ENDED ENDED OVER",
    "REQUEST_BEGINS RESPONSE_BEGINS RESPONSE_ENDS, REQUEST_ENDS, FINISH, ENDED ENDED OVER",
    "REQUEST_BEGINS RESPONSE_BEGINS RESPONSE_ENDS, RESPONSE_ENDS, PASS, OPEN ENDED JOINED",
    "REQUEST_BEGINS RESPONSE_BEGINS RESPONSE_ENDS, FAILS, BREAK, OPEN ENDED OVER",
    "REQUEST_BEGINS FAILS, REQUEST_BEGINS, NOTHING, OPEN AWAITED REFUSED",
    "REQUEST_BEGINS FAILS, RESPONSE_BEGINS, NOTHING, OPEN AWAITED REFUSED",
    "REQUEST_BEGINS FAILS, AGAIN, NOTHING, OPEN AWAITED REFUSED",
    "REQUEST_BEGINS FAILS, REQUEST_ENDS, NOTHING, ENDED AWAITED REFUSED",
    "REQUEST_BEGINS FAILS, RESPONSE_ENDS, NOTHING, OPEN ENDED REFUSED",
    "REQUEST_BEGINS FAILS RESPONSE_ENDS, REQUEST_ENDS, FINISH, ENDED ENDED OVER",
    "REQUEST_BEGINS FAILS REQUEST_ENDS, RESPONSE_ENDS, FINISH, ENDED ENDED OVER",
    "REQUEST_BEGINS FAILS, FAILS, BREAK, OPEN AWAITED OVER",
    "REQUEST_BEGINS FAILS, CANCELS, NOTHING, OPEN AWAITED OVER",
    "REQUEST_BEGINS, INTERIM_BEGINS, PASS, OPEN INTERIM JOINED",
    "REQUEST_BEGINS INTERIM_BEGINS, INTERIM_ENDS, NOTHING, OPEN AWAITED JOINED",
    "REQUEST_BEGINS INTERIM_BEGINS INTERIM_ENDS, INTERIM_BEGINS, PASS, OPEN INTERIM JOINED",
    "REQUEST_BEGINS INTERIM_BEGINS, FAILS, LATER, OPEN INTERIM REFUSED",
    "REQUEST_BEGINS INTERIM_BEGINS FAILS, INTERIM_ENDS, ANSWER, OPEN AWAITED REFUSED",
    "REQUEST_BEGINS INTERIM_BEGINS FAILS, FAILS, BREAK, OPEN INTERIM OVER",
    "REQUEST_BEGINS INTERIM_BEGINS CANCELS, INTERIM_ENDS, NOTHING, OPEN AWAITED OVER",
    "REQUEST_BEGINS RESPONSE_BEGINS, INTERIM_BEGINS, NOTHING, OPEN OPEN JOINED",
    "REQUEST_BEGINS FAILS, INTERIM_BEGINS, NOTHING, OPEN AWAITED REFUSED",
    "REQUEST_BEGINS FAILS, INTERIM_ENDS, NOTHING, OPEN AWAITED REFUSED",
    "REQUEST_BEGINS REQUEST_ENDS, UPGRADES, PASS, OPEN OPEN JOINED",
    "REQUEST_BEGINS RESPONSE_BEGINS, UPGRADES, NOTHING, OPEN OPEN JOINED",
    "REQUEST_BEGINS UPGRADES RESPONSE_ENDS, REQUEST_ENDS, FINISH, ENDED ENDED OVER",
    "REQUEST_BEGINS UPGRADES REQUEST_ENDS, FAILS, BREAK, ENDED OPEN OVER",
    "REQUEST_BEGINS FAILS, UPGRADES, NOTHING, OPEN AWAITED REFUSED"
  })
  void anEventAsksFor(String before, Event event, Action action, String after) {
    RelayState state = new RelayState(Direction.AWAITED);
    if (before != null) for (String e : before.split(" ")) Event.valueOf(e).send.apply(state);
    assertEquals(action, event.send.apply(state));
    assertEquals(after, shown(state));
  }

  /** Each of the sequences of up to five events, by which every state is reached. */
  @Test
  void nothingFollowsTheEndAndTheEndComesOnce() {
    Set<String> seen = new HashSet<>();
    int sequences = (int) Math.pow(Event.values().length, 5);
    for (int n = 0; n < sequences; n++) {
      RelayState state = new RelayState(Direction.AWAITED);
      int ends = 0;
      int heads = 0;
      for (int i = 0, left = n; i < 5; i++, left /= Event.values().length) {
        boolean over = state.whole() == RelayState.Whole.OVER;
        Event event = Event.values()[left % Event.values().length];
        Action action = event.send.apply(state);
        if (over) assertEquals(Action.NOTHING, action);
        if (action == Action.FINISH || action == Action.BREAK) ends++;
        if (action == Action.ANSWER) heads++;
        if (action == Action.PASS && event == Event.RESPONSE_BEGINS) heads++;
        if (action == Action.PASS && event == Event.UPGRADES) heads++;
        seen.add(shown(state));
      }
      assertTrue(ends <= 1 && heads <= 1);
    }
    assertTrue(seen.size() >= 20, seen.toString());
  }
}
