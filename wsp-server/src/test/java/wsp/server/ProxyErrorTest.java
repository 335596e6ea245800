package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyErrorTest {
  @ParameterizedTest
  @CsvSource({
    "MISSING_DESTINATION,REQUEST,CALLER,526,http_request_error,Missing X-PROXY-DESTINATION header",
    "REPEATED_DESTINATION,REQUEST,CALLER,526,http_request_error,Repeated X-PROXY-DESTINATION header",
    "INVALID_DESTINATION,REQUEST,CALLER,526,http_request_error,"
        + "Unable to parse X-PROXY-DESTINATION header",
    "REPEATED_CLIENT,REQUEST,CALLER,526,http_request_error,Repeated X-PROXY-CLIENT header",
    "INVALID_CLIENT,REQUEST,CALLER,526,http_request_error,Unable to parse X-PROXY-CLIENT header",
    "UNAUTHORIZED,REQUEST,CALLER,407,http_request_denied,Proxy authentication required",
    "FORBIDDEN,REQUEST,CALLER,526,http_request_denied,Destination is forbidden",
    "NOT_ALLOWED,REQUEST,CALLER,526,http_request_denied,Destination is not allowed",
    "DRAINING,REQUEST,SERVER,503,destination_unavailable,The server is shutting down",
    "TOO_MANY_CALLERS,REQUEST,SERVER,503,connection_limit_reached,Too many callers are connected",
    "TOO_MANY_WAITING,LEASE,SERVER,526,connection_limit_reached,"
        + "Too many requests wait for a proxy connection",
    "NO_CLIENT,LEASE,CLIENT,526,destination_unavailable,No proxy available",
    "NO_CONNECTION,LEASE,CLIENT,526,connection_limit_reached,Unable to get a proxy connection",
    "CONNECTION_LOST,ANSWER,CLIENT,526,connection_terminated,"
        + "The proxy connection was lost before the answer",
    "INVALID_ANSWER,ANSWER,CLIENT,526,http_protocol_error,"
        + "The proxy connection gave an invalid answer",
    "CALLER_LEFT,ANSWER,CALLER,0,'',The caller left"
  })
  void eachErrorHasItsRow(
      ProxyError error,
      ProxyError.Phase phase,
      ProxyError.Side side,
      int status,
      String type,
      String text) {
    assertEquals(phase, error.phase());
    assertEquals(side, error.side());
    assertEquals(status, error.status());
    assertEquals("wsp-server; error=" + type, error.headers().first("Proxy-Status"));
    assertEquals(text, error.text());
  }

  /** Those of RFC 9209 §2.3 that are used here. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLER_LEFT")
  void theTypesAreRegistered(ProxyError error) {
    Set<String> registered =
        Set.of(
            "http_request_error",
            "http_request_denied",
            "destination_unavailable",
            "connection_limit_reached",
            "connection_terminated",
            "http_protocol_error");
    String field = String.valueOf(error.headers().first("Proxy-Status"));
    assertTrue(registered.contains(field.substring(field.indexOf('=') + 1)), field);
    assertEquals(error.status() == 503, error.headers().has("Retry-After"));
    assertEquals(error.status() == 407, error.headers().has("Proxy-Authenticate"));
  }

  @Test
  void theTableIsWhole() {
    assertEquals(
        16,
        Arrays.stream(ProxyError.values())
            .map(ProxyError::text)
            .collect(Collectors.toSet())
            .size());
    assertEquals(16, ProxyError.values().length, "a new error needs a row above");
  }
}
