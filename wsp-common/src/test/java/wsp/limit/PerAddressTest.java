package wsp.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerAddressTest {
  private final PerAddress places = new PerAddress();

  private static Object key(String address) throws Exception {
    return PerAddress.key(InetAddress.getByName(address));
  }

  @Test
  void eachAddressHasItsOwnPlaces() throws Exception {
    assertTrue(places.enter(key("10.0.0.1"), 2));
    assertTrue(places.enter(key("10.0.0.1"), 2));
    assertFalse(places.enter(key("10.0.0.1"), 2));
    assertTrue(places.enter(key("10.0.0.2"), 2));
    places.leave(key("10.0.0.1"));
    assertTrue(places.enter(key("10.0.0.1"), 2));
  }

  @Test
  void anAddressThatHasNoneIsForgotten() throws Exception {
    for (int i = 0; i < 100; i++) assertTrue(places.enter(key("10.0.0." + i), 1));
    for (int i = 0; i < 100; i++) assertFalse(places.enter(key("10.0.0." + i), 1));
    assertEquals(100, places.size());
    for (int i = 0; i < 100; i++) places.leave(key("10.0.0." + i));
    assertEquals(0, places.size());
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8:0:1::1, 2001:db8::1, false",
    "10.0.0.1, ::ffff:10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "0.0.0.1, ::1, false"
  })
  void ofIpv6TheNetworkCounts(String one, String other, boolean same) throws Exception {
    assertEquals(same, key(one).equals(key(other)));
  }
}
