package wsp.client;

import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link ProvokedFailuresTest} says, of the engine httpclient. */
@ExtendWith(WithHttpClient.class)
class HttpClientFailuresTest extends ProvokedFailuresTest {}
