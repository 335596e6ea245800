package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.client.origin.Route;

class StreamLimitTest {
  private static final Route HERE = new Route(true, "a.test", 443);
  private static final Route THERE = new Route(true, "b.test", 443);

  private final StreamLimit limit = new StreamLimit();
  private final List<String> ran = new ArrayList<>();

  private void enter(Route route, String name) {
    limit.enter(route, () -> ran.add(name));
  }

  private void fill() {
    connect();
    for (int i = 0; i < 100; i++) limit.enter(HERE, () -> {});
  }

  private void connect() {
    limit.connected(HERE);
    limit.share(HERE);
  }

  @Test
  void beforeThereIsAConnectionToShareTheFirstGoesAlone() {
    enter(HERE, "first");
    enter(HERE, "second");
    limit.connected(HERE);
    enter(HERE, "third");
    assertEquals(List.of("first"), ran);
    limit.share(HERE);
    enter(HERE, "fourth");
    assertEquals(List.of("first", "second", "third", "fourth"), ran);
  }

  @Test
  void whenTheLastConnectionIsGoneTheNextGoesAloneAgain() {
    connect();
    connect();
    enter(HERE, "first");
    limit.disconnected(HERE);
    enter(HERE, "second");
    limit.disconnected(HERE);
    enter(HERE, "third");
    assertEquals(List.of("first", "second"), ran);
    limit.leave(HERE);
    limit.leave(HERE);
    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void anOriginThatIsIdleIsKnownAsLongAsThereIsAConnection() {
    connect();
    enter(HERE, "first");
    limit.leave(HERE);
    enter(HERE, "second");
    enter(HERE, "third");
    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void oneThatFailsBeforeThereIsAConnectionLetsTheNextGo() {
    enter(HERE, "first");
    enter(HERE, "second");
    limit.leave(HERE);
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void oneBeyondTheLimitWaitsUntilAnotherIsOver() {
    fill();
    enter(HERE, "first");
    enter(HERE, "second");
    assertEquals(List.of(), ran);
    limit.leave(HERE);
    assertEquals(List.of("first"), ran);
    limit.leave(HERE);
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void anotherOriginHasRoomOfItsOwn() {
    fill();
    enter(THERE, "there");
    assertEquals(List.of("there"), ran);
  }

  @Test
  void anOriginOfHttp1HasNoLimit() {
    fill();
    enter(HERE, "waits");
    limit.lift(HERE);
    enter(HERE, "goes");
    assertEquals(List.of("waits", "goes"), ran);
  }

  @Test
  void whatAnOriginHasRefusedWaitsAndLowersItsLimit() {
    connect();
    for (int i = 0; i < 3; i++) limit.enter(HERE, () -> {});
    limit.refused(HERE, () -> ran.add("again"));
    enter(HERE, "next");
    assertEquals(List.of(), ran);
    limit.leave(HERE);
    assertEquals(List.of("again"), ran);
    limit.leave(HERE);
    assertEquals(List.of("again", "next"), ran);
  }

  @Test
  void whatIsRefusedWhereNothingRunsIsTriedAtOnce() {
    enter(HERE, "first");
    limit.refused(HERE, () -> ran.add("again"));
    assertEquals(List.of("first", "again"), ran);
  }

  @Test
  void oneThatIsWithdrawnNeverGoesAndTakesNoRoom() {
    fill();
    Runnable gone = () -> ran.add("gone");
    limit.enter(HERE, gone);
    enter(HERE, "next");
    limit.withdraw(HERE, gone);
    limit.withdraw(THERE, gone);
    limit.leave(HERE);
    assertEquals(List.of("next"), ran);
    limit.leave(HERE);
    enter(HERE, "last");
    assertEquals(List.of("next", "last"), ran);
  }

  @Test
  void howeverManyFailAtOnceOneGoesAfterTheOther() {
    int most = 100_000;
    enter(HERE, "first");
    for (int i = 0; i < most; i++) {
      int number = i;
      limit.enter(
          HERE,
          () -> {
            ran.add("failed " + number);
            limit.leave(HERE);
          });
    }
    limit.leave(HERE);
    assertEquals(1 + most, ran.size());
    assertEquals("failed " + (most - 1), ran.get(most));
    enter(HERE, "next");
    enter(HERE, "waits");
    assertEquals(List.of("next"), ran.subList(1 + most, ran.size()));
  }

  @Test
  void itIsKnownWhetherOneRunsAlone() {
    connect();
    enter(HERE, "first");
    assertTrue(limit.isAlone(HERE));
    enter(HERE, "second");
    assertFalse(limit.isAlone(HERE));
    assertTrue(limit.isAlone(THERE));
  }
}
