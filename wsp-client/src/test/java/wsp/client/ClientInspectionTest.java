package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.config.ConfigException;
import wsp.envelope.Headers;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;

class ClientInspectionTest {
  private static final String TARGETS = "targets : [ws://127.0.0.1:1/register]\n";

  @TempDir Path directory;
  private final List<String> asked = new ArrayList<>();
  private final ClientInspection inspection =
      new ClientInspection(this::lookUp, OptionalLong.empty(), Clock.systemUTC());

  /** Two addresses for each name, the second of them link-local; none for those of invalid. */
  private InetAddress[] lookUp(String host) throws UnknownHostException {
    asked.add(host);
    if (host.endsWith("invalid")) throw new UnknownHostException(host);
    if (!host.endsWith("test")) return new InetAddress[] {InetAddress.getByName(host)};
    return new InetAddress[] {
      InetAddress.getByName("192.0.2.1"), InetAddress.getByName("169.254.1.1")
    };
  }

  private Path config(String yaml) throws IOException {
    return Files.writeString(directory.resolve("client.cfg"), "---\n" + TARGETS + yaml);
  }

  private Explanation explain(String yaml, String url, boolean resolve) throws Exception {
    return inspection.explain(
        new Question(config(yaml), url, "GET", Headers.EMPTY, "", "", resolve));
  }

  private static String text(Explanation explanation) {
    return explanation.rows().stream()
        .map(row -> row.label() + " | " + row.text() + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void aTunnelIsExplainedByItsPortRulesAndAddress() throws Exception {
    String url = "tcp://127.0.0.1:443";
    assertEquals("allowed", explain("tunnelports : [443]", url, false).verdict());
    assertEquals(
        "denied: tunnelports in the configuration of wsp-client does not list port 443",
        explain("tunnelports : [22]", url, false).verdict());
    String rules = "tunnelports : all\nwhitelist : [{ url : '^https?://' }]";
    assertEquals("denied: Destination is not allowed", explain(rules, url, false).verdict());
    assertEquals(
        "denied: the address of 169.254.169.254 is not allowed",
        explain("tunnelports : all", "tcp://169.254.169.254:80", false).verdict());
  }

  @Test
  void aGoodConfigurationIsPrintedWithoutItsSecrets() throws Exception {
    Inspection.Checked checked =
        inspection.check(config("secretkey : hush\norigininsecure : true"));
    assertEquals(10, checked.effective().get("PoolIdleSize"));
    assertFalse(checked.effective().toString().contains("hush"));
    assertTrue(checked.warnings().get(0).contains("origininsecure"));
    assertFalse(checked.warnings().toString().contains("hush"));
  }

  @Test
  void certificatesAreRead() throws Exception {
    Path wrong = config("targetcafile : nosuch.pem");
    String message =
        assertThrows(ConfigException.class, () -> inspection.check(wrong)).getMessage();
    assertTrue(message.contains("targetcafile"), message);
  }

  @Test
  void aLiteralIsJudgedAtOnce() throws Exception {
    Explanation metadata = explain("", "http://2852039166/", false);
    assertEquals("no valid destination", metadata.verdict().replaceFirst(":.*", ""));
    Explanation quad = explain("", "http://169.254.169.254/", false);
    assertFalse(quad.allowed());
    String denied = "addresses | 169.254.169.254 denied: denyaddresses has 169.254.0.0/16\n";
    assertTrue(text(quad).contains(denied), text(quad));
    Explanation mapped = explain("", "http://[64:ff9b::a9fe:a9fe]/", false);
    assertFalse(mapped.allowed());
    assertTrue(text(mapped).contains("it carries an address of which"), text(mapped));
    assertTrue(explain("", "http://127.0.0.1/", false).allowed());
  }

  @Test
  void theAdminPortIsNobodysOrigin() throws Exception {
    String admin = "admin : { port : 9099 }";
    Explanation own = explain(admin, "http://127.0.0.1:9099/metrics", false);
    assertEquals("denied: the address of 127.0.0.1 is not allowed", own.verdict());
    assertTrue(text(own).contains("this client's admin port is nobody's origin"), text(own));
    assertFalse(explain(admin, "http://[::ffff:127.0.0.1]:9099/", false).allowed());
    assertFalse(explain(admin, "http://localhost:9099/", true).allowed());
    assertTrue(explain(admin, "http://127.0.0.1:9098/", false).allowed());
    assertTrue(explain(admin, "http://192.0.2.1:9099/", false).allowed());
    assertTrue(explain("", "http://127.0.0.1:9099/", false).allowed());
    assertTrue(explain("admin : { port : 0 }", "http://127.0.0.1:9099/", false).allowed());
  }

  @Test
  void aNameIsLookedUpOnlyIfAskedFor() throws Exception {
    Explanation explanation = explain("", "http://a.test/", false);
    assertTrue(explanation.allowed());
    assertTrue(text(explanation).contains("a.test was not looked up"), text(explanation));
    assertEquals(List.of(), asked);
  }

  @Test
  void eachAddressHasItsVerdictAndOneIsEnough() throws Exception {
    Explanation explanation = explain("", "http://a.test/", true);
    assertTrue(explanation.allowed());
    String text = text(explanation);
    assertTrue(text.contains("addresses | 192.0.2.1 allowed: denyaddresses does not"), text);
    assertTrue(text.contains(" | 169.254.1.1 denied: denyaddresses has 169.254.0.0/16\n"), text);
    Explanation none = explain("allowaddresses : [10.0.0.0/8]", "http://a.test/", true);
    assertEquals("denied: the address of a.test is not allowed", none.verdict());
    assertTrue(text(none).contains("allowaddresses does not have it"), text(none));
  }

  @Test
  void ofANameWithThousandsOfAddressesTheFirstOnesAreJudged() throws Exception {
    InetAddress[] all = new InetAddress[3000];
    for (int i = 0; i < all.length; i++)
      all[i] = InetAddress.getByAddress(new byte[] {10, 1, (byte) (i / 250), (byte) (i % 250)});
    ClientInspection many =
        new ClientInspection(host -> all, OptionalLong.empty(), Clock.systemUTC());
    Question question =
        new Question(config(""), "http://a.test/", "GET", Headers.EMPTY, "", "", true);
    String text = text(many.explain(question));
    assertEquals(20, text.split("it\n", -1).length - 1, text);
    assertTrue(text.contains("10.1.0.19 allowed: "), text);
    assertTrue(text.contains(" | 2980 more are never connected to\n"), text);
  }

  @Test
  void aNameWithoutAddressIsNoDestination() throws Exception {
    Explanation explanation = explain("", "http://a.invalid/", true);
    assertEquals("no valid destination: unknown host a.invalid", explanation.verdict());
  }

  @Test
  void whatTheRulesDenyIsNotLookedUp() throws Exception {
    Explanation explanation = explain("blacklist : [{ url : a.test }]", "http://a.test/", true);
    assertEquals("denied: Destination is forbidden", explanation.verdict());
    assertEquals(List.of(), asked);
  }
}
