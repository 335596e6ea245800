package wsp.server.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.destination.InvalidDestinationException;

class RoutesTest {
  private static final String ALL =
      """
      routes:
        - {path: /api/, destination: 'http://o.test/dump/v1/'}
        - {path: /open, destination: 'http://o.test/v2'}
        - {path: /base/, destination: 'http://o.test'}
        - {host: hooks.example.com, path: /github/, destination: 'http://ci.test:8080/hooks/'}
        - {host: '*.example.com', path: /, destination: 'http://all.test/x/'}
        - {host: Hooks.Example.com., path: /late/, destination: 'http://late.test/'}
        - {host: bücher.example, destination: 'https://books.test'}
        - {host: '[::1]', destination: 'http://six.test'}
      """;

  private static Routes routes(String yaml) throws ConfigException {
    return RouteList.read(ConfigFile.parse("test.cfg", yaml));
  }

  /** The destination; the word for what is none of the routes'. */
  private static String to(Routes routes, String host, String target) throws Exception {
    List<Route> own = routes.ofHost(host);
    List<Route> some = own.isEmpty() ? routes.withoutHost() : own;
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Route route = Routes.first(some, path);
    if (route == null) return own.isEmpty() ? "elsewhere" : "nowhere";
    String query = mark < 0 ? "" : target.substring(mark);
    return Routes.destination(some, route, path, query).url();
  }

  @ParameterizedTest
  @CsvSource({
    "any, /api/x, http://o.test/dump/v1/x",
    "any, /api/, http://o.test/dump/v1/",
    "any, /api/x/y?a=b%20c&d=%2F?, http://o.test/dump/v1/x/y?a=b%20c&d=%2F?",
    "any, /api/?, http://o.test/dump/v1/?",
    "any, /api/a%2Fb, http://o.test/dump/v1/a%2Fb",
    "any, /api//a, http://o.test/dump/v1//a",
    "any, /api/a;v=1, http://o.test/dump/v1/a;v=1",
    "any, /api/..a/b.c/d.., http://o.test/dump/v1/..a/b.c/d..",
    "any, /api/a/../b, http://o.test/dump/v1/a/../b",
    "any, /api, elsewhere",
    "any, /apix/y, elsewhere",
    "any, /ap, elsewhere",
    "any, /API/x, elsewhere",
    "any, /%61pi/x, elsewhere",
    "any, /api%2Fx, elsewhere",
    "any, /api;a/x, elsewhere",
    "any, //api/x, elsewhere",
    "any, /x/api/y, elsewhere",
    "any, /open, http://o.test/v2",
    "any, /open?q, http://o.test/v2?q",
    "any, /open/, http://o.test/v2/",
    "any, /open/x, http://o.test/v2/x",
    "any, /opened, elsewhere",
    "any, /base/x, http://o.test/x",
    "any, /base/, http://o.test/",
    "any, /base//x, http://o.test//x",
    "hooks.example.com, /github/push, http://ci.test:8080/hooks/push",
    "HOOKS.Example.COM, /github/push, http://ci.test:8080/hooks/push",
    "hooks.example.com:8080, /github/push, http://ci.test:8080/hooks/push",
    "hooks.example.com.:8080, /github/push, http://ci.test:8080/hooks/push",
    "hooks.example.com, /late/x, http://all.test/x/late/x",
    "hooks.example.com, /api/x, http://all.test/x/api/x",
    "a.example.com, /, http://all.test/x/",
    "a.b.example.com, /y, http://all.test/x/y",
    "example.com, /y, elsewhere",
    "badexample.com, /y, elsewhere",
    "hooks.example.com.evil.test, /github/push, elsewhere",
    ".example.com, /y, elsewhere",
    "hooks.example.com.., /y, elsewhere",
    "xn--bcher-kva.example, /y, https://books.test/y",
    "'[::1]:80', /y, http://six.test/y",
    "'[::1]', /y, http://six.test/y",
    "'[0:0:0:0:0:0:0:1]:80', /y, http://six.test/y",
    "'[::0001]', /y, http://six.test/y",
    "'[::2]', /y, elsewhere",
    "'[::1', /y, elsewhere",
    "'[]', /y, elsewhere",
    "'', /y, elsewhere"
  })
  void theFirstWithHostAndPathHasTheRequest(String host, String target, String url)
      throws Exception {
    assertEquals(url, to(routes(ALL), host, target));
  }

  /** Each of them an origin may read as something outside of /dump/v1/. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/..",
        "/api/../",
        "/api/../secret",
        "/api/./../secret",
        "/api/x/../../secret",
        "/api//../secret",
        "/api//../../secret",
        "/api/%2e%2e/secret",
        "/api/%2E%2E/secret",
        "/api/.%2e/secret",
        "/api/%2e./secret",
        "/api/..%2fsecret",
        "/api/..%2Fsecret",
        "/api/%2e%2e%2fsecret",
        "/api/%2e%2e%5csecret",
        "/api/..%5csecret",
        "/api/..%5C..%5Csecret",
        "/api/x%5c..%5c..%5csecret",
        "/api/..;/secret",
        "/api/..;a=b/secret",
        "/api/;/../secret",
        "/api/x;/../../secret",
        "/api/%2e%2e;/secret",
        "/api/..%3b/secret",
        "/api/%252e%252e/secret",
        "/api/%252e%252e%252fsecret",
        "/api/..%252fsecret",
        "/api/..%255csecret",
        "/api/%25252e%25252e/secret",
        "/api/%u002e%u002e/secret",
        "/api/..%u002fsecret",
        "/api/..%u2215../..%u002fsecret",
        "/api/%c0%ae%c0%ae/secret",
        "/api/..%c0%afsecret",
        "/api/%ef%bc%8e%ef%bc%8e/secret",
        "/api/..%ef%bc%8fsecret",
        "/api/..%00/secret",
        "/api/..%00",
        "/api/..%3f",
        "/api/..%23x",
        "/api/.%09./secret",
        "/api/.%0d./secret",
        "/api/.%0a./secret",
        "/api/..%20/secret",
        "/api/..%09/secret",
        "/api/%20../secret",
        "/api/..?/secret",
        "/api/.",
        "/api/x/..%2f..",
        "/api/x/%2e%2e/%2e%2e/",
        "/open/..",
        "/open/../v3",
        "/open/%2e%2e/v3"
      })
  void whatCouldLeaveTheDestinationIsRefused(String target) throws Exception {
    Routes routes = routes(ALL);
    assertThrows(InvalidDestinationException.class, () -> to(routes, "any", target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/#/../x",
        "/api/x#",
        "/api/x?y#z",
        "/api/\\..\\x",
        "/api/..\\x",
        "/api/x?\\",
        "/api/%",
        "/api/%2",
        "/api/%zz"
      })
  void whatNoRequestLineHasIsRefused(String target) throws Exception {
    Routes routes = routes(ALL);
    assertThrows(InvalidDestinationException.class, () -> to(routes, "any", target));
  }

  /** Otherwise a route without a key would be the way around one that has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/../admin/y",
        "/%61dmin/y",
        "/adm%69n/y",
        "/admin%2fy",
        "/admin;a/y",
        "//admin/y",
        "/./admin/y",
        "//any.host/admin/y",
        "/%2fadmin/y",
        "/%5cadmin/y",
        "/x%2f..%2fadmin/y",
        "/%2561dmin/y",
        "/admin%20/y",
        "/%20admin/y",
        "/admin%00/y",
        "/ad%09min/y",
        "/admin/../public/y"
      })
  void whatCouldBeReadAsThePathOfAnotherRouteIsRefused(String target) throws Exception {
    Routes routes =
        routes(
            "routes: [{path: /admin, destination: 'http://o.test/admin'},"
                + " {path: /, keys: false, destination: 'http://o.test/'}]");
    assertThrows(InvalidDestinationException.class, () -> to(routes, "any", target));
    assertEquals("http://o.test/administrator", to(routes, "any", "/administrator"));
    assertEquals("http://o.test/a%20b", to(routes, "any", "/a%20b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | path",
        "{path: /a} | destination",
        "{path: a, destination: 'http://o'} | path",
        "{path: /a/../b, destination: 'http://o'} | path",
        "{path: /a%20b, destination: 'http://o'} | path",
        "{path: /a//b, destination: 'http://o'} | path",
        "{path: /a;b, destination: 'http://o'} | path",
        "{path: '/a?b', destination: 'http://o'} | path",
        "{path: '/a#b', destination: 'http://o'} | path",
        "{path: '/a b', destination: 'http://o'} | path",
        "{path: /request, destination: 'http://o'} | path",
        "{path: /status/, destination: 'http://o'} | path",
        "{path: /register, destination: 'http://o'} | path",
        "{path: /a, destination: 'ftp://o'} | destination",
        "{path: /a, destination: 'o'} | destination",
        "{path: /a, destination: 'http://u:p@o'} | destination",
        "{path: /a, destination: 'http://o/?q'} | destination",
        "{path: /a, destination: 'http://o/#f'} | destination",
        "{path: /a, destination: 'http://o/a/../b'} | destination",
        "{path: /a, destination: 'http://o/a%2fb'} | destination",
        "{host: 'a b', destination: 'http://o'} | host",
        "{host: 'a:80', destination: 'http://o'} | host",
        "{host: 'a/b', destination: 'http://o'} | host",
        "{host: 'u@a', destination: 'http://o'} | host",
        "{host: '*', destination: 'http://o'} | host",
        "{host: '*.', destination: 'http://o'} | host",
        "{host: 'a.*.b', destination: 'http://o'} | host",
        "{host: '*.[::1]', destination: 'http://o'} | host",
        "{host: '*.127.0.0.1', destination: 'http://o'} | host",
        "{path: /a, destination: 'http://o', methods: [get]} | methods",
        "{path: /a, destination: 'http://o', methods: [connect]} | methods",
        "{host: '**.b', destination: 'http://o'} | host",
        "{path: /a, destination: 'http://o', client: 'a b'} | client",
        "{path: /a, destination: 'http://o', methods: ['G T']} | methods",
        "{path: /a, destination: 'http://o', methods: [CONNECT]} | methods",
        "{path: /a, destination: 'http://o', keys: perhaps} | keys",
        "{path: /a, destination: 'http://o', clients: a} | clients"
      })
  void whatIsNoRouteIsToldWithItsPlace(String route, String key) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> routes("routes: [" + route + "]"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("test.cfg: routes[0]: " + key + ": "));
  }

  @Test
  void aHostMayHaveThePathsOfTheServerForItself() throws Exception {
    Routes routes =
        routes("routes: [{host: a.test, path: /status, destination: 'http://o.test/health'}]");
    assertEquals("http://o.test/health", to(routes, "a.test", "/status"));
    assertEquals("nowhere", to(routes, "a.test", "/request"));
    assertNull(Routes.first(routes.withoutHost(), "/status"));
  }
}
