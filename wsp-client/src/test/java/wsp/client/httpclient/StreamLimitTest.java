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
  void before_there_is_a_connection_to_share_the_first_goes_alone() {
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
  void when_the_last_connection_is_gone_the_next_goes_alone_again() {
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
  void an_origin_that_is_idle_is_known_as_long_as_there_is_a_connection() {
    connect();
    enter(HERE, "first");
    limit.leave(HERE);
    enter(HERE, "second");
    enter(HERE, "third");
    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void one_that_fails_before_there_is_a_connection_lets_the_next_go() {
    enter(HERE, "first");
    enter(HERE, "second");
    limit.leave(HERE);
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void one_beyond_the_limit_waits_until_another_is_over() {
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
  void another_origin_has_room_of_its_own() {
    fill();
    enter(THERE, "there");
    assertEquals(List.of("there"), ran);
  }

  @Test
  void an_origin_of_http_1_has_no_limit() {
    fill();
    enter(HERE, "waits");
    limit.lift(HERE);
    enter(HERE, "goes");
    assertEquals(List.of("waits", "goes"), ran);
  }

  @Test
  void what_an_origin_has_refused_waits_and_lowers_its_limit() {
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
  void what_is_refused_where_nothing_runs_is_tried_at_once() {
    enter(HERE, "first");
    limit.refused(HERE, () -> ran.add("again"));
    assertEquals(List.of("first", "again"), ran);
  }

  @Test
  void one_that_is_withdrawn_never_goes_and_takes_no_room() {
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
  void however_many_fail_at_once_one_goes_after_the_other() {
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
  void it_is_known_whether_one_runs_alone() {
    connect();
    enter(HERE, "first");
    assertTrue(limit.isAlone(HERE));
    enter(HERE, "second");
    assertFalse(limit.isAlone(HERE));
    assertTrue(limit.isAlone(THERE));
  }
}
