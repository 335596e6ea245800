package wsp.server.routes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.envelope.Headers;

/** The vectors are those that GitHub and Standard Webhooks publish; others by openssl dgst. */
class WebhookTest {
  private static final String GITHUB = "It's a Secret to Everybody";
  private static final String HELLO =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  private static final String SVIX = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final String TEST = "{\"test\": 2432232314}";
  private static final long THEN = 1614265330;

  /** By hmac(whsec_test_secret, "1614265330.{"id":"evt_1"}"). */
  private static final String STRIPE =
      "e135cdbed3dda004bf8a2fb350f2541d299393c770e0b9e6e319dc595e9072aa";

  private static final String EVENT = "{\"id\":\"evt_1\"}";

  private static Webhook webhook(Webhook.Scheme scheme, String... secrets) {
    Webhook webhook = Webhook.of(scheme, List.of(secrets));
    if (webhook == null) throw new AssertionError();
    return webhook;
  }

  /** Empty for a signature that is right, else what is wrong with it. */
  private static String judged(Webhook webhook, Headers fields, String body) {
    try {
      Signature signature = webhook.signature(fields, THEN);
      if (!signature.needsBody()) return "";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      signature.update(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
      signature.update(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
      signature.verify();
      return "";
    } catch (SignatureException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Names and values between bars; those that are named in angle brackets stand above. */
  private static Headers fields(String text) {
    List<String> all = new ArrayList<>();
    for (String part : text.split("\\|", -1))
      all.add(
          part.strip()
              .replace("<hello>", HELLO.substring("sha256=".length()))
              .replace("<stripe>", STRIPE)
              .replace("<svix>", SIGNED));
    return Headers.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "X-Hub-Signature-256 | sha256=<hello>; ''",
        "x-hub-signature-256 | sha256=<hello>; ''",
        "X-Hub-Signature | sha1=01; X-Hub-Signature-256 is missing",
        "X-Hub-Signature-256 | sha256=<hello> | X-Hub-Signature-256 | sha256=<hello>;"
            + " X-Hub-Signature-256 came more than once",
        "X-Hub-Signature-256 | <hello>;"
            + " X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits",
        "X-Hub-Signature-256 | sha1=<hello>;"
            + " X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits",
        "X-Hub-Signature-256 | sha256=;"
            + " X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits",
        "X-Hub-Signature-256 | sha256=<hello>0;"
            + " X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits",
        "X-Hub-Signature-256 |"
            + " sha256=x57107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17;"
            + " X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits",
        "X-Hub-Signature-256 |"
            + " sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17;"
            + " X-Hub-Signature-256 is not the signature of this body with the secret of the route"
      })
  void asGitHub(String given, String wrong) {
    Webhook webhook = webhook(Webhook.Scheme.GITHUB, GITHUB);
    assertEquals(wrong, judged(webhook, fields(given), "Hello, World!"));
  }

  @Test
  void anotherBodyOrSecretIsNotSigned() {
    Headers hello = fields("X-Hub-Signature-256 | sha256=<hello>");
    String not =
        "X-Hub-Signature-256 is not the signature of this body with the secret of the route";
    Webhook webhook = webhook(Webhook.Scheme.GITHUB, GITHUB);
    assertEquals(not, judged(webhook, hello, "Hello, World?"));
    assertEquals(not, judged(webhook, hello, ""));
    assertEquals(not, judged(webhook(Webhook.Scheme.GITHUB, "other"), hello, "Hello, World!"));
    assertEquals(
        "", judged(webhook(Webhook.Scheme.GITHUB, "other", GITHUB), hello, "Hello, World!"));
  }

  @Test
  void theEmptyBodyIsSignedToo() throws SignatureException {
    Headers empty =
        Headers.of(
            "X-Hub-Signature-256",
            "sha256=66a0c074deaa0f489ead6537e0d32f9a344b90bbeda705b6ed45ecd3b413fb40");
    Signature signature = webhook(Webhook.Scheme.GITHUB, GITHUB).signature(empty, THEN);
    assertDoesNotThrow(signature::verify);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "X-Gitlab-Token | a-token-of-gitlab; ''",
        "X-Gitlab-Token | a-token-of-gitla; X-Gitlab-Token is not the secret of the route",
        "X-Gitlab-Token | A-token-of-gitlab; X-Gitlab-Token is not the secret of the route",
        "X-Gitlab-Token | ; X-Gitlab-Token is not the secret of the route",
        "X-Gitlab-Token | a-token-of-gitlab | X-Gitlab-Token | a-token-of-gitlab;"
            + " X-Gitlab-Token came more than once",
        "X-Other | a-token-of-gitlab; X-Gitlab-Token is missing",
        "webhook-signature | <svix>; X-Gitlab-Token is missing"
      })
  void asGitLabWithItsToken(String given, String wrong) {
    Webhook webhook = webhook(Webhook.Scheme.GITLAB, "a-token-of-gitlab");
    assertEquals(wrong, judged(webhook, fields(given), TEST));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<svix>; 1614265330; ''",
        "v1,AAAA <svix> v2,x; 1614265330; ''",
        "v2,x; 1614265330; webhook-signature is not v1, and 44 characters of Base64",
        "v1,g0hM9SsE; 1614265330; webhook-signature is not v1, and 44 characters of Base64",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=; 1614265330;"
            + " webhook-signature is not v1, and 44 characters of Base64",
        "<svix>; 1614265331;"
            + " webhook-signature is not the signature of this body with the secret of the route",
        "<svix>; 1614265029;" + " webhook-timestamp is 301 s ago, and is to be 300 s ago at most",
        "<svix>; 1614265631; webhook-timestamp is 301 s in the future: a clock is wrong",
        "<svix>; x; webhook-timestamp is not a number of seconds since 1970",
        "<svix>; -1; webhook-timestamp is not a number of seconds since 1970"
      })
  void asGitLabWithItsSigningToken(String signature, String time, String wrong) {
    Headers fields =
        fields(
            "webhook-id | msg_p5jXN8AQM9LWM0D4loKWxJek | webhook-timestamp | "
                + time
                + " | webhook-signature | "
                + signature);
    assertEquals(wrong, judged(webhook(Webhook.Scheme.GITLAB, SVIX), fields, TEST));
    assertEquals(wrong, judged(webhook(Webhook.Scheme.GITLAB, "token", SVIX), fields, TEST));
    assertEquals(wrong, judged(webhook(Webhook.Scheme.ANY, SVIX), fields, TEST));
  }

  @Test
  void aSigningTokenIsNeverShown() {
    Headers shown = Headers.of("X-Gitlab-Token", SVIX);
    assertEquals(
        "webhook-signature is missing", judged(webhook(Webhook.Scheme.GITLAB, SVIX), shown, TEST));
    assertEquals(
        "webhook-signature is missing", judged(webhook(Webhook.Scheme.ANY, SVIX), shown, TEST));
  }

  @Test
  void aSecretThatCannotSignIsNoWayIn() {
    String stripes = "whsec_not base64";
    Headers signed = fields("webhook-signature | <svix> | webhook-id | a | webhook-timestamp | 1");
    String wrong = "the secret of the route is none for webhook-signature";
    for (Headers fields : List.of(signed, Headers.of("X-Gitlab-Token", stripes)))
      assertTrue(judged(webhook(Webhook.Scheme.ANY, stripes), fields, TEST).startsWith(wrong));
    assertNull(Webhook.of(Webhook.Scheme.GITLAB, List.of(stripes)));
    assertNull(Webhook.of(Webhook.Scheme.GITLAB, List.of("whsec_")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "t=1614265330,v1=<stripe>; ''",
        "t=1614265330, v1=<hello>, v1=<stripe>,v0=x; ''",
        "v1=<stripe>,t=1614265330; ''",
        "t=1614265330,v1=<hello>;"
            + " Stripe-Signature is not the signature of this body with the secret of the route",
        "t=1614265331,v1=<stripe>;"
            + " Stripe-Signature is not the signature of this body with the secret of the route",
        "t=1614265029,v1=<stripe>;"
            + " the time in Stripe-Signature is 301 s ago, and is to be 300 s ago at most",
        "t=1614265631,v1=<stripe>;"
            + " the time in Stripe-Signature is 301 s in the future: a clock is wrong",
        "t=,v1=<stripe>; the time in Stripe-Signature is not a number of seconds since 1970",
        "t=99999999999999,v1=<stripe>;"
            + " the time in Stripe-Signature is not a number of seconds since 1970",
        "t=1614265330,t=1614265330,v1=<stripe>;"
            + " Stripe-Signature is not t=TIME,v1= and 64 hexadecimal digits",
        "v1=<stripe>; Stripe-Signature is not t=TIME,v1= and 64 hexadecimal digits",
        "t=1614265330,v0=<stripe>; Stripe-Signature is not t=TIME,v1= and 64 hexadecimal digits",
        "t=1614265330,v1=; Stripe-Signature is not t=TIME,v1= and 64 hexadecimal digits",
        "''; Stripe-Signature is not t=TIME,v1= and 64 hexadecimal digits"
      })
  void asStripe(String value, String wrong) {
    Headers fields = fields("Stripe-Signature | " + value);
    assertEquals(wrong, judged(webhook(Webhook.Scheme.STRIPE, "whsec_test_secret"), fields, EVENT));
    assertEquals(wrong, judged(webhook(Webhook.Scheme.ANY, "whsec_test_secret"), fields, EVENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "X-Hub-Signature-256 | sha256=<hello>; ''",
        "X-Gitlab-Token | It's a Secret to Everybody; ''",
        "X-Other | y; there is none of X-Hub-Signature-256, X-Gitlab-Token, webhook-signature,"
            + " Stripe-Signature",
        "X-Hub-Signature-256 | sha256=<hello> | Stripe-Signature | t=1614265330,v1=<hello>;"
            + " there are signatures of more than one kind of sender",
        "X-Hub-Signature-256 | sha256=<hello> | X-Gitlab-Token | x;"
            + " there are signatures of more than one kind of sender"
      })
  void withoutASchemeTheFieldThatComesSaysWhich(String given, String wrong) {
    Webhook webhook = webhook(Webhook.Scheme.ANY, GITHUB);
    assertEquals(wrong, judged(webhook, fields(given), "Hello, World!"));
  }

  /** What one sender has signed is not good as another's. */
  @Test
  void withASchemeNoOtherFieldCounts() {
    Headers hub = fields("X-Hub-Signature-256 | sha256=<stripe>");
    String replayed = THEN + "." + EVENT;
    assertEquals("", judged(webhook(Webhook.Scheme.ANY, "whsec_test_secret"), hub, replayed));
    assertEquals(
        "Stripe-Signature is missing",
        judged(webhook(Webhook.Scheme.STRIPE, "whsec_test_secret"), hub, replayed));
  }

  private static Route route(String keys) throws ConfigException {
    String yaml = "routes: [{path: /a, destination: 'http://o.test', " + keys + "}]";
    return RouteList.read(ConfigFile.parse("test.cfg", yaml)).all().get(0);
  }

  @Test
  void theSecretIsShownNowhere() throws Exception {
    Route route = route("secret: [It's a Secret to Everybody, other-secret], scheme: GitHub");
    String shown = route + " " + route.describe() + " " + route.webhook();
    assertFalse(shown.contains("ecret to") || shown.contains("other-"), shown);
    assertEquals("*** (github)", route.describe().get("Secret"));
    assertNull(route("keys: false").webhook());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret: '' | secret: printable ASCII characters without spaces around them are expected",
        "secret: | secret: one or more secrets, or their secretfile is expected",
        "secret: [] | secret: one or more secrets, or their secretfile is expected, not a list",
        "secretfile: | secret: one or more secrets, or their secretfile is expected",
        "secret: ' top-secret' | secret: printable ASCII characters without spaces around them are"
            + " expected",
        "secret: top-sécret | secret: printable ASCII characters without spaces around them are"
            + " expected",
        "secret: {a: top-secret} | secret: a list of texts is expected, not a map",
        "'secret: top-secret, scheme: bitbucket' | scheme: any, github, gitlab or stripe is"
            + " expected, not 'bitbucket'",
        "scheme: github | scheme: none without secret is expected, not 'github'",
        "'secret: whsec_top-secret!, scheme: gitlab' | secret: whsec_ and Base64, as GitLab shows"
            + " it, or a plain token is expected, not the value given (not shown)"
      })
  void whatIsNoSecretIsToldWithoutIt(String keys, String told) {
    ConfigException e = assertThrows(ConfigException.class, () -> route(keys));
    assertEquals("test.cfg: routes[0]: " + told, e.getMessage());
  }
}
