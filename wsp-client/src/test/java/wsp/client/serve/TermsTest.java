package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.address.AddressGuard;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.Origins;
import wsp.client.tunnel.Served;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.ErrorCodes;
import wsp.config.RuleLists;
import wsp.config.TunnelPorts;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.limit.Budget;
import wsp.observe.ExchangeObserver;
import wsp.observe.Failures;
import wsp.observe.Outcomes;

/** A configuration that is put to use while a request is on its way. */
class TermsTest {
  private static final String URL = "http://127.0.0.1/denied?" + "abac1x".repeat(1000);

  /** Judged on a worker, and it denies nothing of what is asked here. */
  private static final String COSTLY = " - url: (a|b)+c[0-9]+x.*y%d$\n".repeat(200);

  private static final String BY_RULE =
      "blacklist:\n - url: ^http://127\\.0\\.0\\.1/denied\n" + COSTLY;
  private static final String BY_ADDRESS =
      "errorcodes: standard\ndenyaddresses: [127.0.0.0/8]\nblacklist:\n" + COSTLY;

  /** When the other configuration comes. */
  enum Moment {
    BEFORE_IT_BEGINS,
    BEFORE_IT_IS_JUDGED,
    AFTERWARDS
  }

  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final Asked engine = new Asked();
  private final NotedStream stream = new NotedStream(true);

  private Terms terms(String yaml) throws ConfigException {
    ConfigFile file = ConfigFile.parse("f", yaml);
    return new Terms(
        RuleLists.of(file),
        TunnelPorts.NONE,
        TimeUnit.MINUTES.toNanos(1),
        engine.guard(AddressGuard.of(file)),
        file.choice("errorcodes", ErrorCodes.LEGACY));
  }

  /** A request that comes under the one configuration, and another one in its course. */
  private void request(Terms old, Moment moment, Terms next) {
    Failures<Failure> failures = new Failures<>(Failure.class);
    Outcomes<Failure> outcomes = new Outcomes<>(failures, ExchangeObserver.all(List.of()));
    Budget memory = new Budget(1 << 20);
    ExchangeContext context =
        new ExchangeContext("test", false, old, workers::add, outcomes, memory, new OpenTunnels());
    RequestEnvelope head = new RequestEnvelope("GET", URL, Headers.EMPTY, 0);
    Served exchange = context.begin(stream, head, URL.length());
    if (moment == Moment.BEFORE_IT_BEGINS) context.use(next);
    exchange.start();
    if (moment == Moment.BEFORE_IT_IS_JUDGED) context.use(next);
    assertFalse(workers.isEmpty(), "it has been judged at once");
    workers.remove().run();
    if (moment == Moment.AFTERWARDS) context.use(next);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheRulesAllowGoesToTheAddressesOfTheSameConfiguration(Moment moment) throws Exception {
    request(terms(BY_ADDRESS), moment, terms(BY_RULE));
    assertEquals(List.of("[127.0.0.0/8]"), engine.guards);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheRulesDenyIsDeniedAndToldByTheSameConfiguration(Moment moment) throws Exception {
    request(terms(BY_RULE), moment, terms(BY_ADDRESS));
    assertEquals(List.of(), engine.guards);
    assertEquals(List.of(527), stream.statuses);
  }

  /** Notes under which guard each request is performed, and performs none. */
  private static final class Asked implements OriginEngine {
    final List<String> guards = new ArrayList<>();

    @Override
    public Origins guard(AddressGuard guard) {
      return (request, destination, sink) -> {
        guards.add(guard.denied().toString());
        return new IdleOrigin();
      };
    }

    @Override
    public void reserve(int port) {}

    @Override
    public void trustChanged() {}

    @Override
    public void sweep(long now) {}

    @Override
    public void close() {}
  }
}
