package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static wsp.client.origin.Failure.CLOSED_EARLY;
import static wsp.client.origin.Failure.CUT_BODY;
import static wsp.client.origin.Failure.INTERNAL;
import static wsp.client.origin.Failure.INVALID_RESPONSE;
import static wsp.client.origin.Failure.NO_DESCRIPTOR;
import static wsp.client.origin.Failure.NO_MEMORY;
import static wsp.client.origin.Failure.TLS;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

class FaultsTest {
  private static Arguments row(Throwable cause, Failure beforeHead, Failure withinBody) {
    return Arguments.of(cause, beforeHead, withinBody);
  }

  private static Throwable refusal(Failure failure) {
    return new CheckedEngine.Refusal(new ReplayException(failure, "why"));
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        row(refusal(NO_MEMORY), NO_MEMORY, NO_MEMORY),
        row(refusal(INVALID_RESPONSE), INVALID_RESPONSE, CUT_BODY),
        row(new SSLHandshakeException("no"), TLS, CUT_BODY),
        row(new SSLException("Tag mismatch"), TLS, CUT_BODY),
        row(new EOFException("EOF reached while reading"), CLOSED_EARLY, CUT_BODY),
        row(new SocketException("Connection reset"), CLOSED_EARLY, CUT_BODY),
        row(new SocketException("Too many open files"), NO_DESCRIPTOR, CUT_BODY),
        row(new ProtocolException("a: Too many open files"), INVALID_RESPONSE, CUT_BODY),
        row(new IllegalStateException("a bug"), INTERNAL, INTERNAL));
  }

  /** As HttpClient wraps them. */
  @ParameterizedTest
  @MethodSource("causes")
  void theRightPartyIsToBlame(Throwable cause, Failure beforeHead, Failure withinBody) {
    Route route = new Route(true, "a", 443);
    Throwable told = new IOException("wrapped", cause);
    assertEquals(beforeHead, Faults.beforeHead(route, told).failure());
    assertEquals(withinBody, Faults.withinBody(told).failure());
  }
}
