package wsp.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldersTest {
  @ParameterizedTest
  @CsvSource({"'',", "a0,", "a1, a", "a3 b2 b2, b", "a9 b0 b0, a", "c2 a1 c0 a2, a"})
  void whoHoldsMostOfAllTogether(String held, Character most) {
    List<String> things = List.of(held.split(" "));
    assertEquals(
        most, Holders.most(things, t -> t.charAt(0), t -> t.isEmpty() ? 0 : t.charAt(1) - '0'));
  }
}
