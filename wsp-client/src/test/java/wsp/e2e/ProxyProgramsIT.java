package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/** The server as the proxy of programs that know nothing of its fields. */
class ProxyProgramsIT {
  private static final String KEY = "a-key-of-this-caller";

  @TempDir static Path directory;

  @AutoClose private static Tunnel tunnel;

  @BeforeAll
  static void open() throws Exception {
    tunnel = Tunnel.open(directory);
    tunnel.origin.on(
        "/echo",
        r -> {
          StringBuilder body = new StringBuilder();
          r.body((b, n) -> body.append(new String(b, 0, n, StandardCharsets.UTF_8)));
          r.reply(200, r.method + " " + body);
        });
  }

  private static String proxy(String user, int port) {
    return "http://" + user + "@127.0.0.1:" + port;
  }

  private static void assertNothingOfTheProxyWentOn() {
    for (Origin.Request seen : tunnel.origin.seen("/"))
      for (String line : seen.headerLines)
        assertFalse(line.toLowerCase(java.util.Locale.ROOT).startsWith("proxy"), line);
  }

  @Test
  void curlGoesThroughIt() throws Exception {
    assumeTrue(Program.find("curl").isPresent(), "curl is not installed");
    String url = tunnel.origin.url("/echo");
    String plain = "http://127.0.0.1:" + tunnel.port;
    Program got = Program.run("curl", "-sS", "-x", plain, "-d", "body", url, url);
    assertEquals("POST bodyPOST body", got.output());
    assertNothingOfTheProxyWentOn();
  }

  @Test
  void programsAreAskedForTheirKeyAndComeAgain() throws Exception {
    String callers = "callers : [{ name : one, key : " + KEY + " }]\n";
    try (Daemon server = Daemon.server(directory, "---\nport : 0\n" + callers);
        Daemon client = Daemon.client(directory, Tunnel.clientConfig(server.port(), ""))) {
      Await.until("a request goes through", () -> java("/ok", server.port()).equals("200 ok"));
      assertEquals("200 ok", java("/ok", server.port()));
      if (Program.find("curl").isPresent()) {
        String url = tunnel.origin.url("/ok");
        // It sends the key at once; asked for any scheme, only after the 407.
        for (String scheme : new String[] {"--proxy-basic", "--proxy-anyauth"})
          assertEquals(
              "ok",
              Program.run("curl", "-sS", scheme, "-x", proxy(KEY, server.port()), url).output());
      }
      if (Program.find("python3").isPresent()) {
        String read =
            "import sys, urllib.request as u; sys.stdout.write(u.build_opener("
                + "u.ProxyHandler({'http': sys.argv[1]})).open(sys.argv[2]).read().decode())";
        String url = tunnel.origin.url("/ok");
        assertEquals(
            "ok",
            Program.run("python3", "-c", read, proxy("one:" + KEY, server.port()), url).output());
      }
      assertNothingOfTheProxyWentOn();
      client.signal("KILL");
    }
  }

  /** With {@code java.net.http}, which sends no key unless it is asked. */
  private static String java(String path, int port) {
    HttpClient http =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)))
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication(KEY, "x".toCharArray());
                  }
                })
            .build();
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(tunnel.origin.url(path))).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (java.io.IOException | InterruptedException e) {
      return e.toString();
    }
  }
}
