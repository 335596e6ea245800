package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** A sender of webhooks that signs, through both daemons, on either wire. */
class WebhookIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SECRET = "Hidden in a file, with spaces";
  private static final String FIELD = "X-Hub-Signature-256: ";

  @TempDir Path directory;

  private static String signature(byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  /** Answers with the signature that has come, and then the body. */
  private static Origin origin() throws Exception {
    return new Origin()
        .on(
            "/hooks/",
            r -> {
              ByteArrayOutputStream body = new ByteArrayOutputStream();
              r.body((bytes, length) -> body.write(bytes, 0, length));
              String hex = HexFormat.of().formatHex(body.toByteArray());
              r.reply(200, r.header("X-Hub-Signature-256").get(0) + " " + hex);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "1"})
  void onlyWhatIsSignedReachesTheOriginAndNoLogShowsTheSecret(String wire) throws Exception {
    Files.writeString(directory.resolve("hub.secret"), SECRET + "\n");
    try (Origin origin = origin();
        Daemon server = Daemon.server(directory, server(origin, wire));
        Daemon client = client(server, "loglevel : debug\n")) {
      byte[] small = "{\"a\": \"b\"}".getBytes(StandardCharsets.UTF_8);
      String field = FIELD + signature(small);
      Await.until("a webhook is taken", SOON, () -> post(server, small, field).status == 200);
      byte[] large = new byte[1 << 20];
      new Random(3).nextBytes(large);
      String told = signature(large);
      assertArrayEquals(
          (told + " " + HexFormat.of().formatHex(large)).getBytes(StandardCharsets.UTF_8),
          post(server, large, FIELD + told).body);
      int before = origin.seen("/hooks/").size();
      List<String> bad = List.of(field, FIELD + "sha256=00", "X-Gitlab-Token: " + SECRET);
      for (String wrong : bad) assertEquals(403, post(server, large, wrong).status);
      assertEquals(413, post(server, new byte[(1 << 20) + 1], FIELD + told).status);
      assertEquals(before, origin.seen("/hooks/").size());
      server.signal("TERM");
      server.exitCode(SOON);
      for (Daemon d : List.of(server, client)) assertFalse(d.log().contains("Hidden"), d.log());
    }
  }

  private static String server(Origin origin, String wire) {
    return """
    ---
    port : 0
    loglevel : debug
    wire : %s
    routes :
      - host : wsp.test
        destination : %s
        keys : false
        secretfile : hub.secret
        scheme : github
    """
        .formatted(wire, origin.url("/hooks/"));
  }

  private Daemon client(Daemon server, String lines) throws Exception {
    return Daemon.client(directory, Tunnel.clientConfig(server.port(), lines));
  }

  private static Caller.Answer post(Daemon server, byte[] body, String field) throws Exception {
    return Caller.call(server.port(), "POST", null, body, field);
  }
}
