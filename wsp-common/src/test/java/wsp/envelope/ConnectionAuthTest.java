package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionAuthTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NTLM",
        "ntlm",
        "Negotiate",
        "nEGOTIATE abc=",
        "Kerberos",
        "Nego2",
        "Basic realm=\"x\", NTLM",
        "Basic realm=\"a, b\",Negotiate",
        "NTLM, Basic realm=\"x\"",
        ",, NTLM",
        "Basic realm=x NTLM",
        "Bearer;NTLM",
        "\tNegotiate",
      })
  void offersOfItAreFoundWhereverTheyStand(String value) {
    assertTrue(ConnectionAuth.inResponse(Headers.of("WWW-Authenticate", value)));
    assertTrue(ConnectionAuth.inResponse(Headers.of("proxy-authenticate", value)));
    assertTrue(
        ConnectionAuth.inResponse(
            Headers.of("WWW-Authenticate", "Basic realm=x", "www-authenticate", value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic realm=\"x\"",
        "Bearer",
        "Digest realm=\"x\"",
        "NTLM2",
        "XNTLM",
        "x-NTLM"
      })
  void otherSchemesBindNothing(String value) {
    assertFalse(ConnectionAuth.inResponse(Headers.of("WWW-Authenticate", value)));
    assertFalse(ConnectionAuth.inRequest(Headers.of("Authorization", value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization | NTLM TlRMTVNTUAAB | true",
        "authorization | negotiate YII= | true",
        "Proxy-Authorization | NTLM x | true",
        "Authorization | Basic x, NTLM y | true",
        "Authorization | NTLM | true",
        "Authorization | Basic TlRMTQ== | false",
        "Authorization | Bearer a/NTLM/b | false",
        "Authorization | , | false",
        "WWW-Authenticate | NTLM | false",
      })
  void requestsThatCarryItAreToldByTheirScheme(String name, String value, boolean bound) {
    assertEquals(bound, ConnectionAuth.inRequest(Headers.of(name, value)));
    assertEquals(
        bound,
        ConnectionAuth.inRequest(Headers.of("X", "y", "Authorization", "Basic z", name, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | NTLM c2Vj | true",
        "401 | Basic realm=x, Negotiate c2Vj | true",
        "401 | NTLM | false",
        "401 | Negotiate, NTLM | false",
        "401 | NTLM , Basic realm=x | false",
        "401 | Basic realm=x | false",
        "200 | Negotiate c2Vj | false",
      })
  void aChallengeWithATokenAsksForAnotherStep(int status, String value, boolean unfinished) {
    Headers fields = Headers.of("WWW-Authenticate", value);
    assertEquals(unfinished, ConnectionAuth.unfinished(status, fields));
  }
}
