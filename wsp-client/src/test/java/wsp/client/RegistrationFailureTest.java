package wsp.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.client.targets.PoolCounts;
import wsp.testing.Await;

/** What an operator reads of a registration that fails: whose fault it is, and what to do. */
@Timeout(60)
class RegistrationFailureTest {
  /** What is answered to the client's handshake, or to CONNECT, and what is told of it. */
  private enum Answered {
    WRONG_KEY("526 x", "Invalid X-SECRET-KEY\n", "the secret key is wrong"),
    WITHOUT_CERTIFICATE("526 x", "A client certificate is required\n", "targetcertfile"),
    ANOTHER_526("526 x", "Closed on Sundays\n", "in its words: Closed on Sundays"),
    LABELS(
        "403 x",
        "This key may not have all of these labels\n",
        "does not allow all of these labels"),
    FIREWALL(
        "403 x\r\nContent-Type: text/html",
        "<html><head><title>x</title></head><body><h1>No  way</h1></body></html>",
        "or what stands in front of it, forbids the registration (403), in its words: No way"),
    SILENT_403("403 x", "", "or what stands in front of it, forbids the registration (403)"),
    PASSWORD("401 x", "", "asks for a password (401)"),
    NO_SUCH_PATH("404 x", "404 page not found\n", "look at the target's path (404)"),
    MOVED("301 x\r\nLocation: /elsewhere", "", "redirects (301)"),
    GATEWAY("502 x", "", "cannot reach it (502)"),
    FULL("503 x", "later\n", "takes no registration now (503), in its words: later"),
    TOO_MANY("429 x", "slow down\n", "takes no registration now (429), in its words: slow down"),
    TEAPOT("418 x", "short and stout", "the answer is 418, in its words: short and stout"),
    ESCAPES("526 x", "\u001b[31mred", "in its words: \\u001b[31mred");

    private final String head;
    private final String body;
    private final String told;

    Answered(String head, String body, String told) {
      this.head = head;
      this.body = body;
      this.told = told;
    }

    private String text() {
      return "HTTP/1.1 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theServersRefusalIsToldInItsWords(Answered answer) throws Exception {
    try (ServerSocket server = answering(answer.text())) {
      String reason = reason("ws://127.0.0.1:" + server.getLocalPort() + "/register");
      assertTrue(reason.contains(answer.told), reason);
      assertFalse(reason.contains("proxy"), reason);
    }
  }

  @Test
  void noTwoAreToldAlike() {
    Set<String> texts = new HashSet<>();
    for (Answered a : Answered.values()) assertTrue(texts.add(a.told), a.told);
  }

  @Test
  void aReasonThatComesBehindTheHeadIsWaitedFor() throws Exception {
    String text = Answered.ANOTHER_526.text();
    int body = text.indexOf("Closed");
    try (ServerSocket server = answering(text.substring(0, body), text.substring(body))) {
      String reason = reason("ws://127.0.0.1:" + server.getLocalPort() + "/register");
      assertTrue(reason.contains("Closed on Sundays"), reason);
    }
  }

  @Test
  void ofATextTheFirstLineIsQuoted() throws Exception {
    String body = "404 page not found\nFailed at caller -> wsp-server: no\nRequest id: 1\n";
    try (ServerSocket server =
        answering("HTTP/1.1 404 x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
      String reason = reason("ws://127.0.0.1:" + server.getLocalPort() + "/reg");
      assertTrue(reason.endsWith("(404), in its words: 404 page not found"), reason);
    }
  }

  @Test
  void aServerThatHangsUpMayWantTls() throws Exception {
    try (ServerSocket hangsUp = answering("")) {
      String reason = reason("ws://127.0.0.1:" + hangsUp.getLocalPort() + "/register");
      assertTrue(reason.endsWith("the target has to be a wss:// URL"), reason);
    }
  }

  @Test
  void aPortThatSpeaksSomethingElseIsTold() throws Exception {
    try (ServerSocket ssh =
        answering("SSH-2.0-OpenSSH_9.6\r\n", "Invalid SSH identification.\r\n")) {
      String reason = reason("ws://127.0.0.1:" + ssh.getLocalPort() + "/register");
      assertTrue(reason.contains("what answers there is no HTTP"), reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NTLM | wants NTLM, of which",
        "Negotiate~Proxy-Authenticate: NTLM | wants Negotiate, NTLM, of which",
        "Digest realm=\"Basic, x\", nonce = \"a\", stale=false | wants Digest, of which",
        "Negotiate YII=, NTLM abc== | wants Negotiate, NTLM, of which",
        "NTLM, basic realm=\"x\" | wants a user and a password",
        "Digest realm=\"x\"~Proxy-Authenticate: Basic | wants a user and a password",
        "Basic realm=\"x\", charset=\"UTF-8\" | wants a user and a password",
        "realm=\"x\" | wants a user and a password",
        "\u00e9 | wants a user and a password",
        "`` | wants a user and a password"
      })
  void aProxyThatWantsWhatThisClientCannotDoIsNotToldAsAWrongPassword(String offer, String told)
      throws Exception {
    String fields = "Proxy-Authenticate: " + offer.replace("~", "\r\n") + "\r\n";
    try (ServerSocket proxy =
        answering("HTTP/1.1 407 x\r\n" + fields + "Content-Length: 0\r\n\r\n")) {
      String reason =
          reason("ws://wsp.test:80/register", "proxy: http://127.0.0.1:" + proxy.getLocalPort());
      assertTrue(reason.contains(told) && reason.contains("(407)"), reason);
    }
  }

  @Test
  void aPortWithoutTlsIsToldFromOneWithAFault() throws Exception {
    try (ServerSocket plain = answering("HTTP/1.1 400 x\r\nConnection: close\r\n\r\n")) {
      String reason = reason("wss://127.0.0.1:" + plain.getLocalPort() + "/register");
      assertTrue(reason.endsWith("perhaps it is plain HTTP"), reason);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_KEY", "FIREWALL", "SILENT_403", "GATEWAY", "TEAPOT"})
  void aRefusalOfTheProxyIsTheProxys(Answered answer) throws Exception {
    try (ServerSocket proxy = answering(answer.text())) {
      String shown = "http://127.0.0.1:" + proxy.getLocalPort();
      String reason = reason("ws://wsp.test:8080/register", "proxy: " + shown);
      assertTrue(reason.startsWith("the proxy " + shown + " does not let"), reason);
      assertFalse(reason.contains("secret key"), reason);
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws Exception {
    String refused = reason("ws://wsp.test:80/register", "proxy: http://127.0.0.1:1");
    assertTrue(refused.startsWith("the proxy http://127.0.0.1:1 refuses"), refused);
    String unknown = reason("ws://wsp.test:80/register", "proxy: http://no-such.invalid:3128");
    assertTrue(unknown.startsWith("the name of the proxy http://no-such.invalid:3128"), unknown);
    try (ServerSocket hangsUp = answering("")) {
      String ended =
          reason("ws://wsp.test:80/register", "proxy: http://127.0.0.1:" + hangsUp.getLocalPort());
      assertTrue(ended.contains("failed: it closed the connection"), ended);
    }
  }

  @Test
  void aConnectionThatIsClosedBeforeItServedIsAFailedRegistration() throws Exception {
    try (FakeServer server = new FakeServer();
        WspClient client = ClientFixture.client(server.url())) {
      client.start();
      Peer peer = server.next();
      byte[] reason = "\u0003\u00f0its key may not be x".getBytes(StandardCharsets.ISO_8859_1);
      peer.frame(Peer.CLOSE, true, reason);
      Await.until(
          "the reason is shown",
          ClientFixture.SOON,
          () -> only(client).lastFailure().endsWith("(1008): its key may not be x"));
      assertTrue(only(client).failedDials() >= 1, "it is counted");
    }
  }

  private static PoolCounts only(WspClient client) {
    return client.counts().get(0);
  }

  private static String reason(String target, String... lines) throws Exception {
    try (WspClient client = ClientFixture.client(target, lines)) {
      client.start();
      Await.until("it fails", ClientFixture.SOON, () -> !only(client).lastFailure().isEmpty());
      return only(client).lastFailure();
    }
  }

  /** Answers each connection with these pieces, one after another, and closes it. */
  private static ServerSocket answering(String... pieces) throws IOException {
    ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    FakeServer.start(
        () -> {
          while (!listener.isClosed()) {
            try (Socket in = listener.accept()) {
              in.setTcpNoDelay(true);
              int unused = in.getInputStream().read(new byte[4096]);
              for (String piece : List.of(pieces)) {
                in.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                in.getOutputStream().flush();
              }
            } catch (IOException e) {
              // The client has left, or the test is over.
            }
          }
        });
    return listener;
  }
}
