package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** X-PROXY-CLIENT, labels and balance on a running server, with clients as they may be. */
class ChooseClientTest {
  private static final String OFFER = "Sec-WebSocket-Protocol: wsp.labels";

  @AutoClose private RunningServer server = new RunningServer("timeout: 8000");

  private void with(String... yaml) throws IOException {
    server.close();
    server = new RunningServer(yaml);
  }

  /** One that answers with its name. */
  private RawPeer serving(RawPeer peer, String name) throws Exception {
    peer.text(name + "_1").awaitPong();
    return peer.serve((r, p) -> p.reply(200, name));
  }

  private RawPeer labelled(String name, String labels) throws Exception {
    RawPeer peer = server.kept(RawPeer.open(server.port(), OFFER, "X-PROXY-LABELS: " + labels));
    return serving(peer, name);
  }

  private RawPeer original(String name) throws Exception {
    return serving(server.stranger(), name);
  }

  private Answer get(String wanted, String... more) throws IOException {
    List<String> fields = new ArrayList<>(List.of(more));
    fields.add("X-PROXY-CLIENT: " + wanted);
    return server.caller().request("GET", "/", fields.toArray(String[]::new)).answer();
  }

  @Test
  void theOfferIsAnsweredOnceAndWithItsOwnWord() throws Exception {
    RawPeer peer = server.kept(new RawPeer(server.port(), 0));
    peer.raw(RawPeer.handshake("Sec-WebSocket-Protocol: other, wsp.labels", "X-PROXY-LABELS: red"));
    String head = peer.head();
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    List<String> chosen =
        head.lines()
            .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("sec-websocket-protocol:"))
            .toList();
    assertEquals(1, chosen.size(), head);
    assertEquals("wsp.labels", chosen.get(0).substring(23).strip());
  }

  @Test
  void whoOffersNothingIsAnsweredAsByAnOriginalServer() throws Exception {
    for (String field : List.of("X-PROXY-LABELS: red", "User-Agent: Go-http-client/1.1")) {
      RawPeer peer = server.kept(new RawPeer(server.port(), 0));
      String head = peer.raw(RawPeer.handshake(field)).head();
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertFalse(head.toLowerCase(Locale.ROOT).contains("sec-websocket-protocol"), head);
    }
  }

  @Test
  void labelsThatAreNoneAreRefusedBeforeTheHandshake() throws Exception {
    for (String labels : List.of("X-PROXY-LABELS: a b", "X-PROXY-LABELS:", "X-Other: a")) {
      RawCaller stranger = server.caller();
      Answer a = stranger.send(RawPeer.handshake(OFFER, labels)).answer();
      assertEquals(400, a.status());
      assertTrue(a.text().startsWith("X-PROXY-LABELS: at most 16"), a.text());
    }
    server.awaitCounts(0, 0, 0);
  }

  @Test
  void aRequestGoesToTheClientThatItsCallerWants() throws Exception {
    labelled("one", "red, big");
    labelled("two", "blue");
    original("three");
    for (int i = 0; i < 20; i++) {
      assertEquals("one", get("one").text());
      assertEquals("one", get("red").text());
      assertEquals("one", get("big").text());
      assertEquals("two", get("two").text());
      assertEquals("two", get("blue").text());
      assertEquals("three", get("three").text());
    }
  }

  @Test
  void aClientThatIsNotThereIsNamedAtOnce() throws Exception {
    labelled("one", "red");
    long begun = System.nanoTime();
    Answer a = get("green");
    assertTrue(Await.millisSince(begun) < 4000);
    assertEquals(526, a.status());
    assertEquals("No proxy available: no client has the id or label green", a.firstLine());
    assertEquals("wsp-server; error=destination_unavailable", a.proxyError());
    Answer upload =
        server.caller().request("POST", "/", "Content-Length: 5", "X-PROXY-CLIENT: green").answer();
    assertEquals(526, upload.status(), "before any of the body has come");
    assertTrue(upload.text().contains("green"), upload.text());
  }

  @Test
  void aClientThatIsBusyIsWaitedForWhileOthersAreIdle() throws Exception {
    RawPeer peer = server.peer("one_1");
    RawCaller busy = server.caller().request("GET", "/busy");
    server.awaitCounts(1, 0, 1);
    original("two");
    RawCaller waits = server.caller().request("GET", "/", "X-PROXY-CLIENT: one");
    Await.until("it waits", () -> server.server.pools.waiting() == 1);
    assertEquals("two", server.caller().get("/").text());
    assertEquals(1, server.server.pools.waiting());
    peer.serve((r, p) -> p.reply(200, "one"));
    assertEquals("one", busy.answer().text());
    assertEquals("one", waits.answer().text());
  }

  @Test
  void whoWaitsForAClientThatLeavesIsTold() throws Exception {
    with("timeout: 3000");
    RawPeer peer = server.peer("one_1");
    server.caller().request("GET", "/busy");
    server.awaitCounts(1, 0, 1);
    original("two");
    RawCaller waits = server.caller().request("GET", "/", "X-PROXY-CLIENT: one");
    Await.until("it waits", () -> server.server.pools.waiting() == 1);
    peer.reset();
    assertEquals(
        "No proxy available: no client has the id or label one", waits.answer().firstLine());
  }

  @Test
  void aTimeoutNamesTheClientThatIsBusy() throws Exception {
    with("timeout: 100");
    server.peer("one_1");
    server.caller().request("GET", "/busy");
    server.awaitCounts(1, 0, 1);
    original("two");
    assertEquals("Unable to get a proxy connection: one is full", get("one").firstLine());
  }

  @Test
  void aRequestThatHasToGoToAnotherConnectionStaysWithItsClient() throws Exception {
    RawPeer first = server.peer("one_2");
    RawPeer second = server.peer("one_2");
    original("two");
    RawCaller c = server.caller().request("GET", "/", "X-PROXY-CLIENT: one");
    // The one that came last is asked first; it goes without having executed anything.
    second.request();
    second.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
    assertEquals("http://origin.test/", first.request().envelope().url());
    first.reply(200, "one");
    assertEquals("one", c.answer().text());
  }

  @Test
  void theFieldStaysHereAndRulesDoNotJudgeIt() throws Exception {
    with("blacklist: [{headers: {X-PROXY-CLIENT: one}}]");
    RawPeer peer = server.peer("one_1");
    RawCaller c = server.caller().request("GET", "/", "x-proxy-client: one", "X-Other: kept");
    RawPeer.Request r = peer.request();
    assertFalse(r.envelope().headers().has("X-PROXY-CLIENT"), "" + r.envelope().headers());
    assertEquals("kept", r.envelope().headers().first("X-Other"));
    peer.reply(200, "one");
    assertEquals(200, c.answer().status());
  }

  @Test
  void aNameIsNeverMoreThanAName() throws Exception {
    labelled("one", "red");
    for (String wanted : List.of("", "one two", "one,red", "o\tne", "é", "x".repeat(201))) {
      Answer a = get(wanted);
      assertEquals(526, a.status(), wanted);
      assertEquals(4, a.text().split("\n", -1).length, a.text());
    }
    assertEquals("one", get("one").text());
  }

  @Test
  void leastBusyGoesRoundASlowClientAndCountsAfterAReload() throws Exception {
    with("timeout: 8000", "balance: leastbusy");
    for (int i = 0; i < 4; i++) server.peer("slow_4");
    for (int i = 0; i < 4; i++)
      server.peer("quick_4").serve((r, p) -> p.reply(200, r.envelope().url()));
    // One request to the slow client, which keeps it: from then on it is the busier one.
    server.caller().request("GET", "/kept", "X-PROXY-CLIENT: slow");
    server.awaitCounts(2, 7, 1);
    for (int i = 0; i < 50; i++) {
      assertEquals("http://origin.test/" + i, server.caller().get("/" + i).text());
      server.awaitCounts(2, 7, 1);
    }
    server.reload("timeout: 8000");
    Await.until(
        "chance finds the slow one, too",
        () -> {
          server.caller().request("GET", "/");
          return server.server.pools.counts().busy() > 3;
        });
  }
}
