package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wsp.testing.Distinct;

/** What holds of every text, tried on many that are put together from dangerous pieces. */
class DestinationPropertyTest {
  private static final String[] PIECES = {
    "http://",
    "https://",
    "HTTP:",
    "//",
    "/",
    "\\",
    ":",
    "@",
    "#",
    "?",
    "%",
    "%2",
    "%2f",
    "%2e",
    "%00",
    "%25",
    "%zz",
    "..",
    ".",
    ";",
    "&",
    "=",
    "[",
    "]",
    "[::1]",
    "::",
    "127.0.0.1",
    "0x7f",
    "1",
    "80",
    "65536",
    "a",
    "Z",
    "é",
    "ß",
    "．",
    "。",
    "／",
    "＠",
    "😀",
    "\ud800",
    " ",
    "\t",
    "\r\n",
    "\0",
    "\u0085",
    "\u00ad",
    "\u2028",
    "xn--",
    "example.com",
    "-",
    "_",
    "~",
    "|",
    "\"",
    "<",
    "`",
    "{",
    "^",
    "*",
    "+",
    "!"
  };

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(4) > 0) text.append(random.nextBoolean() ? "http://" : "https://");
    if (random.nextInt(3) > 0) text.append("host.test").append(random.nextBoolean() ? "/" : "");
    for (int i = random.nextInt(8); i > 0; i--) text.append(PIECES[random.nextInt(PIECES.length)]);
    return text.toString();
  }

  @Test
  void whatIsAcceptedIsCanonicalAndFitForARequestLine() {
    Random random = new Random(3986);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = text(random);
      Destination d;
      try {
        d = Destination.parse(text);
      } catch (InvalidDestinationException e) {
        continue;
      }
      accepted++;
      check(text, d);
    }
    assertTrue(accepted > 20_000, "only " + accepted + " accepted");
  }

  private static void check(String text, Destination d) {
    try {
      Destination again = Destination.parse(d.url());
      assertEquals(d, again, text);
      assertEquals(d.host(), again.host(), text);
      assertEquals(d.port(), again.port(), text);
    } catch (InvalidDestinationException e) {
      throw new AssertionError(text + " became " + d.url() + ", which is refused", e);
    }
    assertTrue(d.url().matches("https?://[a-z0-9._:\\[\\]-]+/[!$-;=?-Z_a-z~]*"), d.url());
    assertEquals(d.scheme() + "://" + d.authority() + d.requestTarget(), d.url());
    hasNoReadingOfAnotherHost(d);
    agreesWithTheJdk(d);
  }

  private static void hasNoReadingOfAnotherHost(Destination d) {
    try {
      assertTrue(Distinct.of(d.deniedForms()).size() <= d.formsAtMost(), d.url());
      for (String form : d.deniedForms()) assertTrue(form.startsWith(d.origin() + "/"), form);
    } catch (InvalidDestinationException e) {
      assertTrue(d.formsAtMost() > 2, d.url());
    }
  }

  /** A second reader finds the same host in it. */
  private static void agreesWithTheJdk(Destination d) {
    // That one has no underscores, and no labels that begin or end with a hyphen.
    if (d.host().matches(".*(_|-\\.|\\.-|-$|^-).*") || d.host().startsWith("-")) return;
    String sent = d.url().replaceAll("%(?![0-9A-Fa-f]{2})", "");
    URI uri = URI.create(sent);
    String host = d.host().indexOf(':') < 0 ? d.host() : "[" + d.host() + "]";
    if (uri.getHost() != null) assertEquals(host, uri.getHost(), d.url());
  }
}
