package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.observe.Failures;
import wsp.observe.Outcomes;
import wsp.server.failure.ProxyError;
import wsp.testing.Await;
import wsp.testing.Browser;

/** The live page in the hands of somebody who reads it while much goes on. */
class LivePageReadingTest {
  private static final String ROWS = "[...document.querySelectorAll('#recent tr.row')]";
  private static final String SHOWN = ROWS + ".filter(r => !r.hidden)";
  private static final String FRESH = "document.querySelector('#fresh')";

  /** In a second, or so. */
  private static final int BUSY = 15;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  private Outcomes<ProxyError> outcomes;
  private int made;

  private ExchangeRecord begun(String path) {
    ExchangeRecord e = new ExchangeRecord("id-" + ++made, "", "GET", "192.0.2.1:5000");
    e.destination("http://origin.test/" + path);
    outcomes.begun(e);
    return e;
  }

  private void whole(String path) {
    ExchangeRecord e = begun(path);
    e.peer("dc-1");
    e.connected();
    e.head(200);
    outcomes.completed(e);
  }

  private static int held(Browser browser) throws Exception {
    String text = browser.value(FRESH + ".hidden ? '' : " + FRESH + ".textContent").asText();
    return text.isEmpty() ? 0 : Integer.parseInt(text.replaceAll("\\D", ""));
  }

  private static double top(Browser browser, String path) throws Exception {
    return browser
        .value(
            ROWS
                + ".find(r => r.textContent.includes('/"
                + path
                + "')).getBoundingClientRect().top")
        .asDouble();
  }

  @Test
  void nothingMovesWhileARowIsOpenAndFailuresOutlastTheFlood() throws Exception {
    String program = Browser.program().orElse("");
    assumeTrue(!program.isEmpty(), "no Chromium: nobody reads the live page");
    try (RunningServer server = new RunningServer("admin: {port: 0}", "secretkey: right");
        Browser browser = new Browser(program, home)) {
      outcomes =
          new Outcomes<>(
              new Failures<>(ProxyError.class),
              ExchangeObserver.all(server.server.admin.observers()));
      outcomes.failed(begun("broken"), ProxyError.NO_CLIENT, "no connection", 526);
      outcomes.failed(begun("strange"), ProxyError.UNAUTHORIZED, "", 407);
      browser.size(1280, 900, false);
      browser.open("http://127.0.0.1:" + server.server.admin.port().port() + "/");
      browser.until("it is there", SHOWN + ".length === 2");
      assertEquals("true", browser.value(FRESH + ".hidden").asText());

      anOpenedRowStays(browser);
      closingItGoesOn(browser);
      aScrolledListRests(browser);
      failuresOutlastAFlood(browser);
      whoWasRefusedIsShown(server, browser);
      assertEquals(List.of(), browser.complaints);
    }
  }

  private void anOpenedRowStays(Browser browser) throws Exception {
    browser.value(ROWS + ".find(r => r.textContent.includes('/broken')).click()");
    browser.until("it is open", "!!document.querySelector('tr.detail')");
    double before = top(browser, "broken");
    for (int round = 1; round <= 4; round++) {
      int so = held(browser);
      for (int i = 0; i < BUSY; i++) whole("busy");
      ExchangeRecord open = begun("in-flight");
      Await.until("more are held", () -> held(browser) > so);
      assertEquals(before, top(browser, "broken"), "round " + round);
      outcomes.completed(open);
    }
    assertEquals(2, browser.value(ROWS + ".length").asInt());
    assertTrue(browser.value("document.querySelector('#sumTotal').textContent").asInt() >= 46);
    assertEquals("Resting", browser.value("document.querySelector('#link').textContent").asText());
  }

  private void closingItGoesOn(Browser browser) throws Exception {
    Await.until("all are held", () -> held(browser) == 4 * (BUSY + 1));
    browser.value(ROWS + ".find(r => r.textContent.includes('/broken')).click()");
    browser.until("all are there", SHOWN + ".length === " + (2 + 4 * (BUSY + 1)));
    assertTrue(browser.value(FRESH + ".hidden").asBoolean());
    browser.until("it is live", "document.querySelector('#link').textContent === 'Live'");
  }

  private void aScrolledListRests(Browser browser) throws Exception {
    browser.value("scrollTo(0, document.documentElement.scrollHeight)");
    browser.until("it is scrolled", "scrollY > 200");
    double at = browser.value("scrollY").asDouble();
    for (int i = 0; i < BUSY; i++) whole("later");
    Await.until("they are held", () -> held(browser) == BUSY);
    assertEquals(at, browser.value("scrollY").asDouble());
    browser.value(FRESH + ".click()");
    browser.until("they are shown", SHOWN + "[0].textContent.includes('/later')");
    assertTrue(browser.value(SHOWN + "[0].getBoundingClientRect().top >= 0").asBoolean());
    browser.value("scrollTo(0, 0)");
    browser.until("it goes on", "document.querySelector('#link').textContent === 'Live'");
  }

  private void failuresOutlastAFlood(Browser browser) throws Exception {
    for (int i = 0; i < 2000; i++) whole("flood");
    outcomes.failed(begun("late"), ProxyError.NO_CLIENT, "no connection", 526);
    for (int i = 0; i < 1000; i++) whole("flood");
    for (int i = 0; i < 1000; i++)
      outcomes.failed(begun("stranger"), ProxyError.UNAUTHORIZED, "", 407);
    browser.until("the flood is there", SHOWN + "[0].textContent.includes('/stranger')");
    assertEquals(300, browser.value(SHOWN + ".length").asInt());
    browser.value("document.querySelector('#failures').click()");
    for (String path : List.of("broken", "late"))
      browser.until(path, SHOWN + ".some(r => r.textContent.includes('/" + path + "'))");
    // Another one who looks is told the same.
    browser.call("Page.reload");
    browser.until("it is there again", ROWS + ".length > 300");
    browser.value("document.querySelector('#failures').click()");
    for (String path : List.of("broken", "late"))
      browser.until(path, SHOWN + ".some(r => r.textContent.includes('/" + path + "'))");
    browser.value("document.querySelector('#failures').click()");
  }

  private void whoWasRefusedIsShown(RunningServer server, Browser browser) throws Exception {
    assertTrue(browser.value("document.querySelector('#refusedBox').hidden").asBoolean());
    try (RawCaller c = server.caller()) {
      c.send(
              "GET /register HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: VrZAGuvs6IJBf19265Kk3w==\r\n"
                  + "X-SECRET-KEY: wrong\r\n\r\n")
          .answer();
    }
    browser.until("it is shown", "!document.querySelector('#refusedBox').hidden");
    String row = browser.value("document.querySelector('#refused tbody').textContent").asText();
    assertTrue(row.contains("127.0.0.1") && row.contains("invalid X-SECRET-KEY"), row);
  }
}
