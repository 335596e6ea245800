package wsp.client.serve;

import java.nio.charset.StandardCharsets;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.client.tunnel.ClientStream;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.observe.ErrorText;
import wsp.observe.ExchangeRecord;
import wsp.observe.ProxyStatus;
import wsp.observe.RequestId;
import wsp.observe.Side;
import wsp.tunnel.Reset;

/**
 * What a caller is told of a request that failed at this client or at the origin.
 *
 * @param head with its fields
 * @param text the body
 */
record FailureAnswer(ResponseEnvelope head, String text) {
  private static final String PRODUCT = ProxyStatus.CLIENT;

  static FailureAnswer of(ReplayException failure, int status, ExchangeRecord noted, String id) {
    Failure row = failure.failure();
    String message = String.valueOf(failure.getMessage());
    boolean judged = row == Failure.FORBIDDEN || row == Failure.NOT_ALLOWED;
    String what = judged ? message : "Unable to execute request : " + message;
    String origin = origin(row, noted.destination());
    String hop = PRODUCT + " " + id + (origin.isEmpty() ? "" : " -> origin " + origin);
    String text = ErrorText.of(what, hop, row.advice(), noted.requestId());
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    Headers fields =
        new Headers.Builder()
            .add("Content-Type", "text/plain; charset=utf-8")
            .add("Content-Length", String.valueOf(length))
            .add(ProxyStatus.FIELD, ProxyStatus.of(PRODUCT, row.proxyError(), origin, what))
            .add(RequestId.FIELD, noted.requestId())
            .build();
    return new FailureAnswer(new ResponseEnvelope(status, fields, length), text);
  }

  /** Behind its head there is none: the caller gets as much as there was, and sees it cut. */
  static void breakOff(ClientStream stream, Failure row, String why) {
    switch (row.side()) {
      case SERVER -> stream.reset(Reset.INVALID, why);
      case ORIGIN -> stream.reset(Reset.FAILED, row.name());
      case CALLER, CLIENT -> stream.reset(Reset.CANCELLED, row.name());
    }
  }

  /** Scheme, host and port of the origin, where it had a part in the failure. */
  private static String origin(Failure row, String url) {
    if (row.side() != Side.ORIGIN && row.phase() != Failure.Phase.CONNECT) return "";
    int path = url.indexOf('/', url.indexOf("//") + 2);
    return path < 0 ? url : url.substring(0, path);
  }

  /** The bytes of the body, of which an answer to HEAD has none. */
  byte[] body(String method) {
    return method.equals("HEAD") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
