package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailerFieldsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "Transfer-Encoding",
        "Host",
        "Trailer",
        "TE",
        "Connection",
        "Upgrade",
        "Keep-Alive",
        "Expect",
        "Authorization",
        "Proxy-Authorization",
        "X-SECRET-KEY",
        "X_Secret_Key",
        "X-PROXY-AUTHORIZATION",
        "X-Proxy-Destination",
        "x-proxy-anything",
        "X-Forwarded-For",
        "x_forwarded_proto",
        "Forwarded",
        "Via",
        "Cookie",
        "Set-Cookie",
        "Cache-Control",
        "Content-Type",
        "Content-Encoding",
        "Range",
        "If-Match",
        "Location",
        "Alt-Svc",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Original-URL",
        "X_Api_Key",
        "Origin"
      })
  void aFieldThatNoTrailerMayBeStays(String name) {
    Headers trailers = Headers.of("X-Sum", "1", name, "v");
    assertEquals(Headers.of("X-Sum", "1"), TrailerFields.passedOn(trailers, Headers.EMPTY));
    assertEquals("X-Sum", TrailerFields.announced(Headers.of("Trailer", name + ", X-Sum")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Sum", "Digest", "ETag", "Server-Timing", "grpc-status", "Proxy-Status"})
  void anyOtherGoesOn(String name) {
    Headers trailers = Headers.of(name, "v", name, "w");
    assertEquals(trailers, TrailerFields.passedOn(trailers, Headers.EMPTY));
  }

  @Test
  void whatConnectionNamedInTheHeadIsOfThatHopInTheTrailersToo() {
    Headers head = Headers.of("Connection", "keep-alive, x_hop");
    Headers trailers = Headers.of("X-Hop", "1", "X-Sum", "2");
    assertEquals(Headers.of("X-Sum", "2"), TrailerFields.passedOn(trailers, head));
  }

  @Test
  void whatIsNoNameIsNotAnnounced() {
    assertEquals("", TrailerFields.announced(Headers.of("Trailer", ",, \u00e9, a b")));
  }
}
