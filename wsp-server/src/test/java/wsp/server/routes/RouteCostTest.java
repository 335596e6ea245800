package wsp.server.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.config.ConfigFile;

class RouteCostTest {
  @ParameterizedTest
  @CsvSource({
    "a, 50000, false",
    "/Ab-c_d~e, 5000, false",
    "%e9, 10, false",
    "%e9, 15000, true",
    "|, 15000, true",
    "/., 500, true",
  })
  void aPathIsDearByWhatIsInItAndNotByItsLength(String piece, int times, boolean dear)
      throws Exception {
    ConfigFile file =
        ConfigFile.parse("test.cfg", "routes: [{path: /r/, destination: 'http://o.test/h'}]");
    Route route = RouteList.read(file).withoutHost().get(0);
    assertEquals(dear, route.cost("/r/x" + piece.repeat(times)) > 100_000);
  }
}
