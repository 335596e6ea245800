package wsp.server.failure;

import wsp.config.ErrorCodes;
import wsp.envelope.Headers;
import wsp.observe.ErrorText;
import wsp.observe.ProxyStatus;
import wsp.observe.Side;
import wsp.server.keys.CallerKeys;

/**
 * What a caller is told of a failure before the first byte of a response.
 *
 * @param detail what is known beyond the row of the error, and may be told
 * @param clientId the client that a connection was leased from, or empty
 */
public record ErrorAnswer(ProxyError error, String detail, String clientId) {
  private static final String PROXY = "wsp-server";

  public static ErrorAnswer of(ProxyError error) {
    return new ErrorAnswer(error, "", "");
  }

  /** The body: what, where, why, and which request. */
  public String body(String requestId) {
    return ErrorText.of(error.text() + detail, hop(), error.advice(), requestId);
  }

  private String hop() {
    return switch (error.side()) {
      case CALLER -> "caller -> wsp-server";
      case SERVER -> PROXY;
      case CLIENT -> PROXY + " -> wsp-client" + (guilty().isEmpty() ? "" : " " + guilty());
      case ORIGIN -> "wsp-client -> origin";
    };
  }

  /** As long as none is found, the last client that there was is not to blame. */
  private String guilty() {
    boolean client = error.side() == Side.CLIENT;
    return client && error.row.phase() == ErrorRow.Phase.ANSWER ? clientId : "";
  }

  /** The same for machines (RFC 9209), and when or how to come again. */
  public Headers headers(ErrorCodes codes) {
    String proxyStatus = ProxyStatus.of(PROXY, error.row.type(), guilty(), error.text() + detail);
    return switch (error.status(codes)) {
      case 407 -> Headers.of(ProxyStatus.FIELD, proxyStatus, "Proxy-Authenticate", challenge());
      case 429, 503 -> Headers.of(ProxyStatus.FIELD, proxyStatus, "Retry-After", "1");
      default -> Headers.of(ProxyStatus.FIELD, proxyStatus);
    };
  }

  private String challenge() {
    return error == ProxyError.PROXY_UNAUTHORIZED
        ? CallerKeys.PROXY_CHALLENGE
        : CallerKeys.CHALLENGE;
  }
}
