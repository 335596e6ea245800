package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResetIdsTest {
  private final ResetIds ids = new ResetIds();

  @Test
  void none_is_forgotten_however_many_there_are() {
    for (int id = 1; id <= 100_000; id += 2) ids.add(id);
    for (int id = 1; id <= 100_000; id += 2) assertTrue(ids.has(id), "" + id);
  }

  @Test
  void of_the_latest_it_knows_those_that_were_not_reset() {
    for (int id = 2; id <= 2000; id += 2) ids.add(id);
    for (int id = 1; id < 2000; id += 2) assertFalse(ids.has(id), "" + id);
  }

  @Test
  void what_is_no_id_was_never_reset() {
    for (int id = 1; id <= 100_000; id++) ids.add(id);
    assertFalse(ids.has(0));
    assertFalse(ids.has(-1));
  }
}
