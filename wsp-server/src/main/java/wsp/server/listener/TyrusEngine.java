package wsp.server.listener;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.http1.HeadWriter;
import wsp.text.Ascii;

/**
 * Tyrus as an engine without a container of its own, through its public SPI: it answers handshakes,
 * and makes no endpoint of any. Frames are those of {@link WireSocket}.
 */
final class TyrusEngine {
  private static final URI PATH = URI.create("/register");
  private static final String KEY = "Sec-WebSocket-Key";

  private final TyrusWebSocketEngine engine;

  TyrusEngine() {
    engine = new Container().engine;
    try {
      engine.register(
          ServerEndpointConfig.Builder.create(Unopened.class, PATH.getPath()).build(), "/");
    } catch (DeploymentException e) {
      throw new IllegalStateException("the endpoint for /register cannot be registered", e);
    }
  }

  /**
   * Answers a handshake (RFC 6455 §4.2). What Tyrus does not look at, version of HTTP and key, is
   * checked here.
   *
   * @return true if the connection is a WebSocket now
   */
  boolean upgrade(
      CallerConnection connection, CallerExchange exchange, RequestListener.Welcome welcome) {
    Headers fields = exchange.head().headers();
    String missing = missing(exchange.head().http11(), fields);
    if (missing != null) {
      exchange.respond(400, Headers.EMPTY, "this is no WebSocket handshake: " + missing + "\n");
      return false;
    }
    TyrusUpgradeResponse response = new TyrusUpgradeResponse();
    UpgradeInfo info = engine.upgrade(context(fields), response);
    if (info.getStatus() != UpgradeStatus.SUCCESS || response.getStatus() != 101) {
      refuse(exchange, response);
      return false;
    }
    // The subprotocol among them is chosen by whom the client registers with: Tyrus knows none.
    welcome.fields().forEach((n, v) -> response.getHeaders().put(n, List.of(v)));
    Wire wire = connection.wire;
    wire.write(HeadWriter.response(101).fields(headers(response)).end());
    WireSocket socket = new WireSocket(wire);
    socket.open(welcome.onConnected().apply(socket));
    connection.upgradeTo(socket);
    // Whoever closed it before that told the exchange, not the socket.
    if (!wire.isOpen()) socket.closed();
    return true;
  }

  /** What a client has not said, or a proxy on its way has not passed on; null: nothing. */
  private static @Nullable String missing(boolean http11, Headers fields) {
    if (!http11)
      return "it came by HTTP/1.0, which a proxy before this server may speak unless it is told"
          + " otherwise (nginx: proxy_http_version 1.1)";
    if (!asks(fields))
      return "it has no Upgrade: websocket with Connection: Upgrade, which a proxy drops unless it"
          + " is told to pass them on";
    return hasKey(fields) ? null : "it has not one Sec-WebSocket-Key of 16 bytes";
  }

  /** Asks for a WebSocket, in ASCII: Tyrus goes by Unicode. */
  private static boolean asks(Headers headers) {
    return headers.connectionHas("upgrade")
        && headers.elements("Upgrade").stream()
            .anyMatch(name -> Ascii.equalsIgnoreCase("websocket", name));
  }

  private static boolean hasKey(Headers headers) {
    List<String> keys = headers.all(KEY);
    try {
      return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0)).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuse(CallerExchange exchange, TyrusUpgradeResponse response) {
    int status = response.getStatus();
    String reason = response.getReasonPhrase();
    exchange.respond(
        status >= 400 && status < 500 ? status : 400,
        headers(response),
        "this is no WebSocket handshake" + (reason == null ? "" : ": " + reason) + "\n");
  }

  private static Headers headers(TyrusUpgradeResponse response) {
    Headers.Builder b = new Headers.Builder();
    response.getHeaders().forEach((n, v) -> b.add(n, String.join(", ", v)));
    return b.build();
  }

  /** What Tyrus needs to know of a request, of which {@link #missing} has found nothing. */
  private static RequestContext context(Headers all) {
    RequestContext request =
        RequestContext.Builder.create()
            .requestURI(PATH)
            .queryString(null)
            .parameterMap(Map.of())
            .secure(false)
            .remoteAddr("")
            .serverAddr("")
            .serverPort(0)
            .tyrusProperties(Map.of())
            .build();
    Map<String, List<String>> fields = request.getHeaders();
    fields.put("Upgrade", List.of("websocket"));
    fields.put("Connection", List.of("Upgrade"));
    for (String name : List.of("Host", KEY, "Sec-WebSocket-Version"))
      fields.put(name, all.all(name));
    return request;
  }

  /** Stands for a path; of none is there an object. */
  private abstract static class Unopened extends Endpoint {}

  /** The least that Tyrus wants of a container. */
  private static final class Container extends TyrusServerContainer {
    private final TyrusWebSocketEngine engine = TyrusWebSocketEngine.builder(this).build();

    Container() {
      super((Set<Class<?>>) null);
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
      engine.register(endpointClass, "/");
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
      engine.register(config, "/");
    }

    @Override
    public Map<String, Object> getProperties() {
      return Map.of();
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
      return engine;
    }
  }
}
