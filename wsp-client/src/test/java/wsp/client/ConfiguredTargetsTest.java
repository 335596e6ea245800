package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.client.ClientConfigTest.error;
import static wsp.client.ClientConfigTest.read;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.targets.Target;
import wsp.client.websocket.Endpoint;

/** The key {@code targets}. */
class ConfiguredTargetsTest {
  @Test
  void theSecretOfATargetIsNotPrinted() throws Exception {
    ClientConfig config = read("targets: ['wss://a.test/r?x=1&token=hush']\n");
    assertEquals(List.of("wss://a.test/r?***"), config.effective().get("Targets"));
    assertEquals("wss://a.test/r?***", config.targets().all().get(0).toString());
    assertEquals("wss://a.test/r?***", Endpoint.of(config.targets().all().get(0).url()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "not a url",
    "http://127.0.0.1/register",
    "ws:///register",
    "dns+http://a.test/register",
    "dns+ws:///register",
    "dns+ws://user:pw@a.test/register",
    "dns+dns+ws://a.test/register",
    "dns+",
    "ws://user:pw@127.0.0.1/register",
    "ws://127.0.0.1:99999/register",
    "ws://127.0.0.1/#x",
    "user:pw@127.0.0.1",
    "ws://user:p/pw@127.0.0.1/register",
    "http://127.0.0.1/register?token=pw",
  })
  void aTargetIsAWebsocketUrl(String target) {
    String error = error("targets: ['" + target + "']\n");
    assertTrue(error.contains("targets: a URL such as ws://"), error);
    assertFalse(error.contains("pw"), error);
  }

  @ParameterizedTest
  @CsvSource({"ws://u:pa55@h", "ws://u:pa55/x@h", "ws://u:pa55?x@h", "u:pa55@h", "ws://u:a@pa55@h"})
  void aPasswordInATargetIsNotShown(String target) {
    String error = error("targets: ['" + target + "']\n");
    assertTrue(error.endsWith("not '***@h'"), error);
  }

  @ParameterizedTest
  @CsvSource({
    "dns+ws://a.test:81/r?x=1, ws://a.test:81/r?x=1, ws://a.test:81/r?***",
    "DNS+WSS://a.test/r, WSS://a.test/r, WSS://a.test/r"
  })
  void aTargetMayStandForEveryAddressOfItsHost(String text, String url, String shown)
      throws Exception {
    Target target = read("targets: ['" + text + "']\n").targets().all().get(0);
    assertTrue(target.everyAddress());
    assertEquals(shown, target.url().toString());
    assertEquals("dns+" + shown, target.toString());
    assertFalse(read("targets: ['" + url + "']\n").targets().all().get(0).everyAddress());
  }

  @Test
  void theSecretOfATargetByNameIsNotPrinted() throws Exception {
    ClientConfig config = read("targets: ['dns+wss://a.test/r?token=hush']\n");
    assertEquals(List.of("dns+wss://a.test/r?***"), config.effective().get("Targets"));
  }

  @Test
  void thereHasToBeATarget() {
    assertTrue(error("id: x\n").contains("targets: at least one"));
  }
}
