package wsp.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.limit.Refusals;
import wsp.server.keys.ClientKeys;
import wsp.server.keys.NamedKey;
import wsp.server.listener.RequestListener.Refusal;
import wsp.server.listener.RequestListener.Welcome;
import wsp.server.tunnel.v1.ScriptedSocket;

/** An endpoint for registrations, and clients that come to it. */
abstract class RegisterFixture {
  static final String SECRET = "ThisIsASecret";

  final PoolsFixture f = new PoolsFixture();

  RegisterEndpoint endpoint(String secret, int maxGreeting) {
    return endpointOf(terms(secret, maxGreeting));
  }

  RegisterEndpoint endpointOf(RegisterTerms terms) {
    return new RegisterEndpoint(terms, f.pools, new RefusedRegistrations(new Refusals()));
  }

  static RegisterTerms terms(String secret, int maxGreeting, NamedKey... named) {
    return new RegisterTerms(
        new ClientKeys(secret, List.of(named)), false, Duration.ofSeconds(10), maxGreeting, null);
  }

  static RequestHead head(String... fields) {
    return new RequestHead("GET", "/register", "/register", true, Headers.of(fields), 0);
  }

  static Optional<Refusal> refusal(RegisterEndpoint endpoint, String... fields) {
    return endpoint.judge(head(fields), "192.0.2.1:1", false) instanceof Refusal r
        ? Optional.of(r)
        : Optional.empty();
  }

  static PooledConnection connected(RegisterEndpoint endpoint, String... fields) {
    if (endpoint.judge(head(fields), "192.0.2.1:1", false) instanceof Welcome w)
      return (PooledConnection) w.onConnected().apply(new ScriptedSocket());
    throw new AssertionError("it is refused");
  }
}
