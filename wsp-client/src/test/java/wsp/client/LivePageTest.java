package wsp.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client's live page is told. */
@Timeout(60)
class LivePageTest {
  static {
    WithHttpClient.setJvm();
  }

  private static BufferedReader events(WspClient client) throws Exception {
    int port = client.admin().port().port();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events")).build();
    return new BufferedReader(
        new InputStreamReader(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body(),
            StandardCharsets.UTF_8));
  }

  private static String until(BufferedReader in, String text) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine())
      if (line.contains(text)) return line;
    throw new AssertionError("the stream ended without " + text);
  }

  @Test
  void anExchangeIsShownWithItsTarget() throws Exception {
    try (ClientFixture fixture = new ClientFixture("admin: {port: 0}")) {
      Peer peer = fixture.healthy();
      BufferedReader in = events(fixture.client);
      String first = until(in, "\"status\":200");
      assertTrue(first.contains("\"daemon\":\"wsp-client\""), first);
      assertTrue(first.contains("\"name\":\"" + fixture.server.url() + "\""), first);
      assertTrue(first.contains("\"url\":\"" + fixture.origin.url("/ok") + "\""), first);
      fixture.works(peer);
      until(in, "\"total\":2");
    }
  }

  @Test
  void aTargetThatIsNotConnectedSaysWhy() throws Exception {
    try (WspClient client = ClientFixture.client("ws://127.0.0.1:1/register", "admin: {port: 0}")) {
      client.start();
      String told = until(events(client), "\"note\":\"");
      assertTrue(told.contains("\"idle\":0,\"busy\":0"), told);
      assertTrue(told.contains("efused"), told);
    }
  }
}
