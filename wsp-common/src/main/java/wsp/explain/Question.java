package wsp.explain;

import java.nio.file.Path;
import wsp.destination.Destination;
import wsp.destination.WebSocketUrl;
import wsp.envelope.Headers;

/**
 * A request to be judged as if a caller had made it.
 *
 * @param config the configuration that has the rules
 * @param url the destination as a caller would write it; {@code tcp://host:port} for a tunnel; or a
 *     path on the server
 * @param method a token
 * @param headers the fields of the request, as far as rules look at them
 * @param caller the name of the caller; empty for one without a name
 * @param host of the server that a path is asked for at; empty for none in particular
 * @param resolve whether names may be looked up
 */
public record Question(
    Path config,
    String url,
    String method,
    Headers headers,
    String caller,
    String host,
    boolean resolve) {
  public boolean isTunnel() {
    return Destination.isTunnel(url);
  }

  /**
   * The fields of the request; for the URL of a WebSocket, with what such a request has to have.
   */
  public Headers sent() {
    return WebSocketUrl.is(url)
        ? headers.with("Connection", "Upgrade").with("Upgrade", "websocket")
        : headers;
  }

  /** The same with the method that alone is for its URL. */
  public Question withOwnMethod() {
    String own = isTunnel() ? "CONNECT" : method;
    return new Question(config, url, own, headers, caller, host, resolve);
  }

  public Question about(String other) {
    return new Question(config, other, method, headers, caller, host, resolve);
  }
}
