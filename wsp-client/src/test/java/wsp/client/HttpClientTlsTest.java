package wsp.client;

import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link OriginTlsTest} says, of the engine httpclient. */
@ExtendWith(WithHttpClient.class)
class HttpClientTlsTest extends OriginTlsTest {}
