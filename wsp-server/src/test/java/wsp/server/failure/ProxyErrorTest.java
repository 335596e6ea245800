package wsp.server.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.config.ErrorCodes;
import wsp.envelope.Headers;
import wsp.observe.Side;

class ProxyErrorTest {
  @ParameterizedTest
  @CsvSource({
    "UNREADABLE,REQUEST,CALLER,400,400,http_request_error,The request cannot be read",
    "UNKNOWN_PATH,REQUEST,CALLER,404,404,destination_not_found,404 page not found",
    "MISSING_DESTINATION,REQUEST,CALLER,526,400,http_request_error,Missing X-PROXY-DESTINATION"
        + " header",
    "REPEATED_DESTINATION,REQUEST,CALLER,526,400,http_request_error,Repeated X-PROXY-DESTINATION"
        + " header",
    "INVALID_DESTINATION,REQUEST,CALLER,526,400,http_request_error,"
        + "Unable to parse X-PROXY-DESTINATION header",
    "REPEATED_CLIENT,REQUEST,CALLER,526,400,http_request_error,Repeated X-PROXY-CLIENT header",
    "INVALID_CLIENT,REQUEST,CALLER,526,400,http_request_error,Unable to parse X-PROXY-CLIENT"
        + " header",
    "UNAUTHORIZED,REQUEST,CALLER,407,407,http_request_denied,Proxy authentication required",
    "PROXY_UNAUTHORIZED,REQUEST,CALLER,407,407,http_request_denied,This proxy requires a key",
    "INVALID_TARGET,REQUEST,CALLER,400,400,http_request_error,Unable to use the request target",
    "NO_ROUTE,REQUEST,CALLER,404,404,destination_not_found,404 no route",
    "ROUTE_METHOD,REQUEST,CALLER,405,405,http_request_denied,Method not allowed on this route",
    "SIGNATURE,REQUEST,CALLER,403,403,http_request_denied,The signature is missing or not valid",
    "WEBHOOK_TOO_LARGE,REQUEST,CALLER,413,413,http_request_error,"
        + "The body is too large for its signature to be judged",
    "FOREIGN_HOST,REQUEST,CALLER,403,403,http_request_denied,"
        + "The host of the request is no name of this machine",
    "FOREIGN_PAGE,REQUEST,CALLER,403,403,http_request_denied,"
        + "The page of the request is another site's",
    "TUNNEL_PORT,REQUEST,CALLER,403,403,http_request_denied,No tunnel to that port",
    "FORWARD_OFF,REQUEST,CALLER,403,403,http_request_denied,This server is no forward proxy",
    "FORBIDDEN,REQUEST,CALLER,526,403,http_request_denied,Destination is forbidden",
    "NOT_ALLOWED,REQUEST,CALLER,526,403,http_request_denied,Destination is not allowed",
    "DRAINING,REQUEST,SERVER,503,503,destination_unavailable,The server is shutting down",
    "TOO_MANY_CALLERS,REQUEST,SERVER,503,503,connection_limit_reached,Too many callers are"
        + " connected",
    "TOO_MANY_AT_ONCE,REQUEST,CALLER,429,429,connection_limit_reached,Too many requests at once",
    "TOO_MUCH_TO_JUDGE,REQUEST,SERVER,503,503,connection_limit_reached,"
        + "The server has no time to judge the request",
    "TOO_MANY_WAITING,LEASE,SERVER,526,429,connection_limit_reached,"
        + "Too many requests wait for a proxy connection",
    "NO_CLIENT,LEASE,CLIENT,526,503,destination_unavailable,No proxy available",
    "NO_CONNECTION,LEASE,CLIENT,526,504,connection_limit_reached,Unable to get a proxy connection",
    "CLIENT_STOPPING,LEASE,CLIENT,526,503,destination_unavailable,"
        + "Unable to get a proxy connection: the client is being stopped",
    "CLIENT_TOO_OLD,ANSWER,CLIENT,501,501,http_upgrade_failed,The client cannot carry it",
    "CLIENT_REFUSED,ANSWER,CLIENT,526,503,connection_limit_reached,"
        + "The client has refused the request",
    "CONNECTION_LOST,ANSWER,CLIENT,526,502,connection_terminated,"
        + "The proxy connection was lost before the answer",
    "NO_MEMORY,ANSWER,SERVER,526,503,proxy_internal_error,The server is short of memory",
    "INVALID_ANSWER,ANSWER,CLIENT,526,502,http_protocol_error,"
        + "The proxy connection gave an invalid answer",
    "ORIGIN_CUT,ANSWER,ORIGIN,526,502,http_response_incomplete,The origin broke its answer off",
    "ORIGIN_STALLED,ANSWER,ORIGIN,526,504,connection_write_timeout,"
        + "The origin takes nothing of the request",
    "CALLER_LEFT,ANSWER,CALLER,0,0,'',The caller left"
  })
  void eachErrorHasItsRow(
      ProxyError error,
      ErrorRow.Phase phase,
      Side side,
      int legacy,
      int standard,
      String type,
      String text) {
    assertEquals(phase, error.row.phase());
    assertEquals(side, error.side());
    assertEquals(legacy, error.status(ErrorCodes.LEGACY));
    assertEquals(standard, error.status(ErrorCodes.STANDARD));
    assertEquals(text, error.text());
    boolean named = phase == ErrorRow.Phase.ANSWER && side == Side.CLIENT;
    assertEquals(
        "wsp-server; error="
            + type
            + (named ? "; next-hop=\"c-1\"" : "")
            + "; details=\""
            + text
            + ": more\"",
        new ErrorAnswer(error, ": more", "c-1").headers(ErrorCodes.LEGACY).first("Proxy-Status"));
  }

  /** Those of RFC 9209 §2.3 that are used here. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLER_LEFT")
  void theTypesAreRegistered(ProxyError error) {
    Set<String> registered =
        Set.of(
            "destination_not_found",
            "http_upgrade_failed",
            "http_response_incomplete",
            "http_request_error",
            "http_request_denied",
            "destination_unavailable",
            "connection_limit_reached",
            "connection_terminated",
            "connection_write_timeout",
            "http_protocol_error",
            "proxy_internal_error");
    String field =
        String.valueOf(ErrorAnswer.of(error).headers(ErrorCodes.LEGACY).first("Proxy-Status"));
    assertTrue(registered.contains(field.replaceFirst(".*error=(\\w+);.*", "$1")), field);
  }

  @ParameterizedTest
  @EnumSource
  void whoMayComeAgainIsToldSoInBothSetsOfCodes(ProxyError error) {
    for (ErrorCodes codes : ErrorCodes.values()) {
      int status = error.status(codes);
      Headers headers = ErrorAnswer.of(error).headers(codes);
      assertEquals(status == 503 || status == 429, headers.has("Retry-After"));
      assertEquals(status == 407, headers.has("Proxy-Authenticate"));
    }
  }

  @Test
  void theBodySaysWhatWhereWhyAndWhichRequest() {
    assertEquals(
        """
        The proxy connection was lost before the answer
        Failed at wsp-server -> wsp-client c-1: the client, or the network on the way to it, broke \
        off; whether the request was executed is not known, so send it again only if that does no harm
        Request id: an-id
        """,
        new ErrorAnswer(ProxyError.CONNECTION_LOST, "", "c-1").body("an-id"));
    assertEquals(
        List.of(
            "Unable to parse X-PROXY-DESTINATION header: no",
            "Failed at caller -> wsp-server: " + ProxyError.INVALID_DESTINATION.advice(),
            "Request id: an-id"),
        new ErrorAnswer(ProxyError.INVALID_DESTINATION, ": no", "").body("an-id").lines().toList());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CALLER_LEFT"})
  void everyErrorHasAdviceAndNothingInItBreaksItsLines(ProxyError error) {
    assertTrue(error.advice().length() > 40, error.advice());
    List<String> lines =
        new ErrorAnswer(error, ": a\nb", "c\r\n\u001bd").body("an-id").lines().toList();
    assertEquals(3, lines.size());
    assertEquals(error.text() + ": a\\nb", lines.get(0));
    // What is told of URLs in general is not taken for one that has secrets.
    assertTrue(lines.get(1).endsWith(": " + error.advice()), lines.get(1));
  }

  @Test
  void theTableIsWhole() {
    assertEquals(
        36,
        Arrays.stream(ProxyError.values())
            .map(ProxyError::text)
            .collect(Collectors.toSet())
            .size());
    assertEquals(36, ProxyError.values().length, "a new error needs a row above");
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_MANY_WAITING", "NO_CONNECTION"})
  void whereClientsAreFullTheKeysOfBothWiresAreNamed(ProxyError error) {
    for (String key : List.of("maxexchanges", "poolmaxsize on version 1"))
      assertTrue(error.advice().contains(key), error.advice());
  }
}
