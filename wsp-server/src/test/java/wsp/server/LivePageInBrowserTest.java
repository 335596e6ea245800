package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import wsp.testing.Browser;

/** The live page of a real server, in a real browser. */
class LivePageInBrowserTest {
  private static final String ROWS = "[...document.querySelectorAll('#recent tr.row')]";
  private static final String SHOWN = ROWS + ".filter(r => !r.hidden)";
  private static final String EVIL = "<img/src=x/onerror=document.title=0>";

  // Processes of a browser that is killed may write into it to their last moment.
  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  private static void has(Browser browser, String text) throws Exception {
    browser.until(
        text + " is in a row", SHOWN + ".some(r => r.textContent.includes('" + text + "'))");
  }

  @Test
  void showsWhatHappensRunsNothingOfStrangersAndObeysTheKeyboard() throws Exception {
    String program = Browser.program().orElse("");
    assumeTrue(
        !program.isEmpty(),
        "no Chromium on the PATH or in WSP_CHROMIUM: the live page is not tried in a browser");
    try (RunningServer server = new RunningServer("admin: {port: 0}");
        Browser browser = new Browser(program, home)) {
      server.echo();
      browser.size(1280, 900, false);
      browser.open("http://127.0.0.1:" + server.server.admin.port().port() + "/");
      browser.until("it is live", "document.querySelector('#link')?.textContent === 'Live'");
      browser.until(
          "the client's pool is there",
          "document.querySelector('#pools tbody')?.textContent.includes('client')");

      showsAnExchangeWithoutReload(server, browser);
      whatStrangersSendIsText(server, browser);
      errorsOfTheClientAreNotTheOrigins(server, browser);
      theFilterNarrows(server, browser);
      theKeyboardOpensARow(browser);
      fitsAPhone(browser);
      saysWhenTheDaemonIsGone(server, browser);
      whatWasHeldOfTheOneBeforeIsNotShown(server, browser);
    }
  }

  private static void showsAnExchangeWithoutReload(RunningServer server, Browser browser)
      throws Exception {
    assertEquals("GET /first ", server.caller().get("/first").text());
    has(browser, "/first");
    assertEquals(1, browser.value(ROWS + ".length").asInt());
  }

  private static void whatStrangersSendIsText(RunningServer server, Browser browser)
      throws Exception {
    // More than the edge lets in: a page must not rest on what others have checked.
    ExchangeRecord exchange = new ExchangeRecord(EVIL, EVIL, EVIL, EVIL);
    exchange.destination("http://origin.test/" + EVIL);
    exchange.caller(EVIL);
    exchange.peer(EVIL);
    exchange.rule(EVIL);
    Outcomes<ProxyError> outcomes =
        new Outcomes<>(
            new Failures<>(ProxyError.class),
            ExchangeObserver.all(server.server.admin.observers()));
    outcomes.begun(exchange);
    browser.until(
        "it is in flight", "document.querySelector('#open').textContent.includes('onerror')");
    outcomes.failed(exchange, ProxyError.INVALID_DESTINATION, EVIL, 526);
    server.stranger().text(EVIL + "_1").awaitPong();
    has(browser, "onerror");
    browser.value(SHOWN + "[0].querySelector('button').click()");
    browser.until(
        "it is told in full", "document.querySelector('tr.detail').innerText.includes('onerror')");
    browser.until(
        "the client's name is shown as text",
        "document.querySelector('#pools').textContent.includes('onerror')");
    assertEquals(0, browser.value("document.images.length").asInt());
    assertEquals("wsp-server", browser.value("document.title").asText());
    browser.value(SHOWN + "[0].querySelector('button').click()");
    browser.until("it is closed again", "!document.querySelector('tr.detail')");
  }

  private static void errorsOfTheClientAreNotTheOrigins(RunningServer server, Browser browser)
      throws Exception {
    server.close(server.peers());
    RawPeer peer = server.peer("client_1");
    for (String status : List.of("502", "403")) {
      server.caller().request("GET", "/by-client-" + status);
      peer.request();
      peer.envelope(
              Integer.parseInt(status), 0, "Proxy-Status", "wsp-client; error=connection_refused")
          .binary(new byte[0]);
      String row = ".find(r => r.textContent.includes('/by-client-" + status + "'))";
      has(browser, "/by-client-" + status);
      assertEquals(
          "Connection refused",
          browser.value(ROWS + row + ".querySelector('.outcome').textContent").asText());
    }
  }

  private static void theFilterNarrows(RunningServer server, Browser browser) throws Exception {
    has(browser, "Unusable destination");
    browser.value("document.querySelector('#filter').focus()");
    browser.type("FIRST");
    browser.until("one row is left", SHOWN + ".length === 1");
    has(browser, "/first");
    browser.value("document.querySelector('#filter').select()");
    browser.key("Delete", 46, "");
    browser.until("all are back", SHOWN + ".length === " + ROWS + ".length");
    browser.tab();
    assertEquals("failures", browser.value("document.activeElement.id").asText());
    browser.enter();
    browser.until("failures only", SHOWN + ".every(r => r.classList.contains('fail'))");
    assertTrue(browser.value(SHOWN + ".length").asInt() >= 1);
  }

  private static void theKeyboardOpensARow(Browser browser) throws Exception {
    browser.tab();
    assertEquals("pause", browser.value("document.activeElement.id").asText());
    browser.tab();
    assertTrue(browser.value("document.activeElement.matches('button.more')").asBoolean());
    browser.enter();
    browser.until("the row is open", "document.activeElement.ariaExpanded === 'true'");
    String details = browser.value("document.querySelector('tr.detail').innerText").asText();
    assertTrue(details.contains("What to do:"), details);
    assertTrue(details.contains("Request id"), details);
  }

  private static void fitsAPhone(Browser browser) throws Exception {
    browser.size(360, 640, true);
    browser.until("it is narrow", "innerWidth === 360");
    assertEquals(360, browser.value("document.documentElement.scrollWidth").asInt());
    String beyond =
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 361"
            + " && !e.closest('thead')).map(e => e.outerHTML.slice(0, 80)).join()";
    assertEquals("", browser.value(beyond).asText());
  }

  private static void saysWhenTheDaemonIsGone(RunningServer server, Browser browser)
      throws Exception {
    assertEquals(List.of(), browser.complaints);
    assertTrue(browser.value("document.querySelector('#lost').hidden").asBoolean());
    server.close();
    browser.until("the loss is shown", "!document.querySelector('#lost').hidden");
    String said = browser.value("document.querySelector('#lost').textContent").asText();
    assertTrue(said.matches(".*is from \\d\\d:\\d\\d:\\d\\d\\."), said);
    assertFalse(
        browser.value("document.querySelector('#link').textContent === 'Live'").asBoolean());
  }

  private static void whatWasHeldOfTheOneBeforeIsNotShown(RunningServer before, Browser browser)
      throws Exception {
    String live = "document.querySelector('#link').textContent === 'Live'";
    String press = "document.querySelector('#pause').click()";
    String paused = "document.querySelector('#pause').textContent === 'Go on, 2 new'";
    String admin = "admin: {port: " + before.server.admin.port().port() + "}";
    try (RunningServer first = new RunningServer(admin)) {
      browser.until("it is live again", live);
      browser.value(press);
      for (int i = 0; i < 2; i++) assertEquals(526, first.caller().get("/held").status());
      browser.until("two are held", paused);
    }
    try (RunningServer second = new RunningServer(admin)) {
      browser.until("it is with the next one", "!(" + paused + ")");
      browser.until("it is back", "document.querySelector('#lost').hidden");
      assertEquals(526, second.caller().get("/next").status());
      browser.until(
          "it is held", "document.querySelector('#pause').textContent === 'Go on, 1 new'");
      browser.value(press);
      has(browser, "/next");
      assertEquals(
          0, browser.value(SHOWN + ".filter(r => r.textContent.includes('/held')).length").asInt());
    }
  }
}
