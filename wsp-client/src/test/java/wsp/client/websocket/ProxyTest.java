package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a proxy is asked. */
class ProxyTest {
  private static String asked(String target, String user, String password) {
    Proxy proxy = new Proxy("proxy.test", 3128, user, password);
    return StandardCharsets.UTF_8
        .decode(proxy.request(Endpoint.of(Urls.of(target))))
        .toString()
        .replace("\r\n", "|");
  }

  @Test
  void theRequestNamesTheTargetAndWhatAsksForIt() {
    assertEquals(
        "CONNECT server.test:443 HTTP/1.1|Host: server.test:443|User-Agent: wsp-client||",
        asked("wss://server.test/register", null, ""));
    assertEquals(
        "CONNECT [::1]:81 HTTP/1.1|Host: [::1]:81|User-Agent: wsp-client|"
            + "Proxy-Authorization: Basic YTpi||",
        asked("ws://[::1]:81/register", "a", "b"));
  }
}
