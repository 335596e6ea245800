package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import wsp.config.ConfigFile;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.limit.Refusals;
import wsp.observe.ExchangeObserver;
import wsp.observe.Failures;
import wsp.observe.Outcomes;
import wsp.server.failure.ProxyError;
import wsp.server.forward.OpenTunnels;
import wsp.server.forward.RequestHandler;
import wsp.server.forward.RequestsUnderWay;
import wsp.server.forward.Terms;
import wsp.server.listener.Caller;
import wsp.server.listener.Remote;
import wsp.server.pool.ClientPools;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.RefusedRegistrations;
import wsp.server.pool.RegisterEndpoint;
import wsp.server.pool.RegisterTerms;

/** A configuration that is put to use while a request is on its way. */
class RequestHandlerTest {
  private final List<Integer> statuses = new ArrayList<>();

  private static Terms terms(String yaml) throws Exception {
    return ServerConfig.of(ConfigFile.parse("f", yaml)).requests();
  }

  private Caller caller(RequestHead head) {
    Remote remote = new Remote(InetAddress.getLoopbackAddress(), 5000, false);
    InvocationHandler handler =
        (caller, method, args) ->
            switch (method.getName()) {
              case "head" -> head;
              case "remote" -> remote;
              case "respond" -> method.isDefault() ? answered(args) : false;
              default -> null;
            };
    Class<Caller> type = Caller.class;
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static RegisterEndpoint registrations(ServerConfig config, ClientPools pools) {
    RegisterTerms terms =
        new RegisterTerms(config.clients().keys(), false, Duration.ofSeconds(10), 1, null);
    return new RegisterEndpoint(terms, pools, new RefusedRegistrations(new Refusals()));
  }

  private Object answered(Object[] args) {
    statuses.add((Integer) args[0]);
    return null;
  }

  @Test
  void whatWasNoRegistrationByTheRoutesOfBeforeGoesNowhere() throws Exception {
    ServerConfig config = ServerConfig.of(ConfigFile.parse("f", "{}"));
    Headers fields = Headers.of("Host", "a.test", "X-PROXY-DESTINATION", "http://b.test/");
    RequestHead head = new RequestHead("GET", "/register", "/register", true, fields, 0);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      ClientPools pools = new ClientPools(config.pools().terms(), n -> 0);
      RequestHandler requests =
          new RequestHandler(
              terms("routes: [{host: a.test, destination: 'http://c.test/'}]"),
              new LeaseClock(pools, Duration.ofMillis(1), timer),
              Runnable::run,
              new Outcomes<>(new Failures<>(ProxyError.class), ExchangeObserver.all(List.of())),
              new RequestsUnderWay(),
              new OpenTunnels(),
              registrations(config, pools));
      assertFalse(requests.isRegistration(head));
      requests.change(config.requests());
      assertTrue(requests.isRegistration(head));
      requests.onRequest(caller(head));
      assertEquals(List.of(404), statuses);
    } finally {
      timer.shutdownNow();
    }
  }
}
