package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameMapTest {
  private final NameMap<Integer> names = new NameMap<>(4);

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "localhost., localhost",
    "a.test, a.test",
    "a.test., a.test",
    "www.a.test, a.test",
    "x.y.www.a.test., a.test",
    "'', ''",
    "., ''",
  })
  void aZoneIsTheLastTwoLabels(String name, String zone) {
    assertEquals(zone, NameMap.zone(name));
  }

  private String known(String... all) {
    StringBuilder known = new StringBuilder();
    for (String name : all) if (names.get(name) != null) known.append(name).append(' ');
    return known.toString().strip();
  }

  @Test
  void aZoneWithManyNamesPushesItsOwnOut() {
    names.put("a.test", 1);
    for (int i = 0; i < 100; i++) names.put(i + ".b.test", i);
    assertEquals(
        "a.test 97.b.test 98.b.test 99.b.test",
        known("a.test", "96.b.test", "97.b.test", "98.b.test", "99.b.test"));
  }

  @Test
  void ofAZoneTheNameThatWasAskedForLongestAgoGoes() {
    for (String name : new String[] {"1.a.test", "2.a.test", "3.a.test", "4.a.test"})
      names.put(name, 0);
    assertEquals(0, names.get("1.a.test"));
    names.put("2.a.test", 2);
    names.put("5.a.test", 0);
    assertEquals(
        "1.a.test 2.a.test 4.a.test 5.a.test",
        known("1.a.test", "2.a.test", "3.a.test", "4.a.test", "5.a.test"));
    assertEquals(2, names.get("2.a.test"));
  }

  @Test
  void ofZonesThatAreEquallyLargeTheOneThatWasUsedLongestAgoGoes() {
    for (int i = 0; i < 100; i++) {
      names.put("www." + i + ".test", i);
      names.get("www.0.test");
    }
    assertEquals(
        "www.0.test www.97.test www.98.test www.99.test",
        known(
            "www.0.test",
            "www.1.test",
            "www.96.test",
            "www.97.test",
            "www.98.test",
            "www.99.test"));
  }

  @Test
  void whatWasRemovedTakesNoPlace() {
    for (int i = 0; i < 100; i++) {
      names.put(i + ".a.test", i);
      assertEquals(i, names.remove(i + ".a.test"));
      assertNull(names.remove(i + ".a.test"));
    }
    for (int i = 0; i < 4; i++) names.put(i + ".a.test", i);
    assertEquals(0, names.get("0.a.test"));
  }
}
