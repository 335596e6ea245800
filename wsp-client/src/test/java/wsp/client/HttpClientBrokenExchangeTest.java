package wsp.client;

import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link BrokenExchangeTest} says, of the engine httpclient. */
@ExtendWith(WithHttpClient.class)
class HttpClientBrokenExchangeTest extends BrokenExchangeTest {}
