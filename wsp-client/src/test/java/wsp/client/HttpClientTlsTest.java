package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link OriginTlsTest} says, of the engine httpclient. */
@ExtendWith(WithHttpClient.class)
class HttpClientTlsTest extends OriginTlsTest {
  /** HttpClient takes the end of TCP for that of TLS, so that neither is let through. */
  @Override
  @Test
  void an_answer_that_ends_with_its_connection_is_whole_only_with_the_end_of_tls()
      throws Exception {
    origin("rsa");
    for (boolean endsTls : new boolean[] {true, false})
      assertEquals(
          "wsp-client; error=proxy_configuration_error", get(endless(endsTls), TRUST).proxyError());
  }
}
