package wsp.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  private static final Route ROUTE = new Route(true, "a.test", 8443);

  @Test
  void aConnectionServesTheSameRoute() {
    Route same = new Route(true, new String("a.test"), 8443);
    assertEquals(ROUTE, same);
    assertEquals(ROUTE.hashCode(), same.hashCode());
  }

  @ParameterizedTest
  @CsvSource({"false, a.test, 8443", "true, b.test, 8443", "true, a.test, 443"})
  void aConnectionServesNoOtherRoute(boolean secure, String host, int port) {
    assertNotEquals(ROUTE, new Route(secure, host, port));
    assertNotEquals(new Route(secure, host, port), ROUTE);
  }

  @Test
  void aRouteIsNothingElse() {
    assertNotEquals(ROUTE, null);
    assertNotEquals(ROUTE, (Object) ROUTE.name());
  }
}
