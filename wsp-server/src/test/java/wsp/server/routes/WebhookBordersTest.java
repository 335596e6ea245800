package wsp.server.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;

/**
 * What is signed is several texts with dots between: each signature is good for one way to take
 * them apart, whoever had a say in the body of an old one.
 */
class WebhookBordersTest {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final long NOW = 1_800_000_000;

  private static byte[] mac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String judged(Webhook.Scheme scheme, Headers fields, String body) {
    try {
      Webhook webhook = Webhook.of(scheme, List.of(SECRET));
      if (webhook == null) throw new AssertionError();
      Signature signature = webhook.signature(fields, NOW);
      signature.update(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
      signature.verify();
      return "good";
    } catch (SignatureException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "msg_1 | 1800000000 | b.1800000000.c | good",
        "msg_1 | 1799992800 | b.1800000000.c | webhook-timestamp is 7200 s ago, and is to be 300 s"
            + " ago at most",
        "msg_1.1799992800.b | 1800000000 | c | webhook-id is not an id without a dot",
        "msg_1.1800000000 | 1800000000 | b | webhook-id is not an id without a dot",
        ". | 1800000000 | b | webhook-id is not an id without a dot",
        "msg-1_a:b/c | 1800000000 | b | good",
        "msg_1 | 1800000000.b | c | webhook-timestamp is not a number of seconds since 1970"
      })
  void ofStandardWebhooks(String id, String time, String body, String judged) throws Exception {
    byte[] mac = mac(KEY, id + "." + time + "." + body);
    Headers fields =
        Headers.of(
            "webhook-id",
            id,
            "webhook-timestamp",
            time,
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(mac));
    assertEquals(judged, judged(Webhook.Scheme.GITLAB, fields, body));
    assertEquals(judged, judged(Webhook.Scheme.ANY, fields, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1800000000 | b.c | good",
        "1800000000.b | c | the time in Stripe-Signature is not a number of seconds since 1970"
      })
  void ofStripe(String time, String body, String judged) throws Exception {
    byte[] mac = mac(SECRET.getBytes(StandardCharsets.UTF_8), time + "." + body);
    String signature = "t=" + time + ",v1=" + HexFormat.of().formatHex(mac);
    Headers fields = Headers.of("Stripe-Signature", signature);
    assertEquals(judged, judged(Webhook.Scheme.STRIPE, fields, body));
  }
}
