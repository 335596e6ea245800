package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResetIdsTest {
  private final ResetIds ids = new ResetIds();

  @Test
  void noneIsForgottenHoweverManyThereAre() {
    for (int id = 1; id <= 100_000; id += 2) ids.add(id);
    for (int id = 1; id <= 100_000; id += 2) assertTrue(ids.has(id), "" + id);
  }

  @Test
  void ofTheLatestItKnowsThoseThatWereNotReset() {
    for (int id = 2; id <= 2000; id += 2) ids.add(id);
    for (int id = 1; id < 2000; id += 2) assertFalse(ids.has(id), "" + id);
  }

  @Test
  void whatIsNoIdWasNeverReset() {
    for (int id = 1; id <= 100_000; id++) ids.add(id);
    assertFalse(ids.has(0));
    assertFalse(ids.has(-1));
  }
}
