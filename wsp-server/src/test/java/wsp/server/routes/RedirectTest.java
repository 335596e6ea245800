package wsp.server.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigFile;

class RedirectTest {
  private static Redirect redirect(String route, String asked) throws Exception {
    String yaml = "routes: [{" + route + "}]";
    Route parsed = RouteList.read(ConfigFile.parse("test.cfg", yaml)).all().get(0);
    return new Redirect(parsed, asked.replaceFirst("\\?.*", ""), parsed.destinationOf(asked));
  }

  private static Redirect api() throws Exception {
    return redirect("path: /api/, destination: 'http://o.test/dump/v1/'", "/api/a/b?c=/d");
  }

  @ParameterizedTest
  @CsvSource({
    "/dump/v1/x?q#f, /api/x?q#f",
    "/dump/v1/, /api/",
    "/dump/v1/x/../y, /api/y",
    "/dump/v1/..a/.b, /api/..a/.b",
    "/dump/v1//x, /api//x",
    "/dump/v1/a%20b%2F, /api/a%20b%2F",
    "/dump/v1/x?to=http://o.test/dump/v1/y, /api/x?to=http://o.test/dump/v1/y",
    "http://o.test/dump/v1/x, /api/x",
    "http://O.TEST:80/dump/v1/x, /api/x",
    "HTTP://o.test./dump/v1/x, /api/x",
    "http://o.test/dump/v1/?q, /api/?q",
    "http://o.test/dump/v1/x#f, /api/x#f",
    "//o.test/dump/v1/x, /api/x",
    "//O.test:80/dump/v1/x, /api/x",
    "../../v1/x, /api/x",
    "../../v1/x?q, /api/x?q",
    "../../../dump/v1/x, /api/x"
  })
  void oneWithinTheDestinationLeadsBack(String location, String mapped) throws Exception {
    assertEquals(mapped, api().mapped(location));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://o.test/dump/v1",
        "http://o.test/dump/v1x",
        "http://o.test/dump/",
        "http://o.test/dump/v1/../secret",
        "http://o.test/dump/v1/%2e%2e/secret",
        "http://o.test/dump/v1/.%2E/secret",
        "http://o.test",
        "http://o.test?q",
        "http://o.test:81/dump/v1/x",
        "https://o.test/dump/v1/x",
        "http://u@o.test/dump/v1/x",
        "http://other.test/dump/v1/x",
        "//other.test/dump/v1/x",
        "///dump/v1/x",
        "http:/dump/v1/x",
        "http:x",
        "ftp://o.test/dump/v1/x",
        "http://[/dump/v1/x",
        "/dump/v1",
        "/dump/v2/x",
        "/dump/v1/../x",
        "/dump/v1/x\\y",
        "/dump/v1/\t/x",
        "/login",
        "x",
        "./x",
        "../x",
        "../../x",
        "../../../../x",
        "x:y",
        "?q",
        "#f",
        "",
        "mailto:a@b.test"
      })
  void anyOtherAndOneThatMeansTheSameHereIsWhatItWas(String location) throws Exception {
    assertEquals(location, api().mapped(location));
  }

  @ParameterizedTest
  @CsvSource({
    "/v2, /open",
    "/v2?q, /open?q",
    "/v2/x, /open/x",
    "/v2x, /v2x",
    "v2, /open",
    "v2/x, /open/x",
    "x, x",
    "https://idp.test/login, https://idp.test/login",
    "mailto:a@b.test, mailto:a@b.test",
    "'', ''"
  })
  void oneToTheDestinationItselfLeadsToTheRouteItself(String location, String mapped)
      throws Exception {
    Redirect open = redirect("path: /open, destination: 'http://o.test/v2'", "/open");
    assertEquals(mapped, open.mapped(location));
  }

  @ParameterizedTest
  @CsvSource({
    "https://wiki.internal, /wiki/",
    "https://wiki.internal/, /wiki/",
    "https://wiki.internal?q, /wiki/?q",
    "https://wiki.internal/x, /wiki/x",
    "//wiki.internal/x, /wiki/x",
    "/x, /wiki/x",
    "x, /wiki/x",
    "./x?q, /wiki/x?q",
    "http://wiki.internal/x, http://wiki.internal/x",
    "https://idp.test/login, https://idp.test/login",
    "//idp.test/login, //idp.test/login",
    "mailto:a@b.test, mailto:a@b.test",
    "'', ''",
    "?q, ?q"
  })
  void oneOfAHostWithoutAPathIsOneToAPath(String location, String mapped) throws Exception {
    Redirect wiki = redirect("path: /wiki, destination: 'https://wiki.internal'", "/wiki");
    assertEquals(mapped, wiki.mapped(location));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/x, /x",
    "/v1/x//y, /x//y",
    "/v1//evil.test/x, /v1//evil.test/x",
    "/v1/\\evil.test/x, /v1/\\evil.test/x",
    "/v1/./\\evil.test/x, /v1/./\\evil.test/x",
    "/v1/.//evil.test/x, /v1/.//evil.test/x",
    "/v1/y/..//evil.test/x, /v1/y/..//evil.test/x",
    "http://o.test/v1//evil.test/x, http://o.test/v1//evil.test/x"
  })
  void noneLeadsToAnotherHostBecauseOfTheRoute(String location, String mapped) throws Exception {
    Redirect all = redirect("host: a.test, destination: 'http://o.test/v1'", "/a");
    assertEquals(mapped, all.mapped(location));
  }

  @ParameterizedTest
  @CsvSource({
    "5; url=http://o.test/dump/v1/x, 5; url=/api/x",
    "0;URL=/dump/v1/x?q, 0;URL=/api/x?q",
    "0; url='/dump/v1/x', 0; url='/api/x'",
    "'0; url=\"/dump/v1/x\"', '0; url=\"/api/x\"'",
    "'0; url=\"/dump/v1/x', '0; url=\"/dump/v1/x'",
    "0; url=http://other.test/, 0; url=http://other.test/",
    "0; url=, 0; url=",
    "5, 5"
  })
  void aRefreshLeadsBackToo(String value, String mapped) throws Exception {
    assertEquals(mapped, api().mappedRefresh(value));
  }
}
