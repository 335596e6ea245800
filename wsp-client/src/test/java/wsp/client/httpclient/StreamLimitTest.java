package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    for (int i = 0; i < 100; i++) limit.enter(HERE, () -> {});
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
}
