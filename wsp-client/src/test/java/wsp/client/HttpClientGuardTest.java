package wsp.client;

import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link AddressGuardTest} says, of the engine httpclient. */
@ExtendWith(WithHttpClient.class)
class HttpClientGuardTest extends AddressGuardTest {}
