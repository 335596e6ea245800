package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.server.RawCaller.Answer;
import wsp.server.failure.ProxyError;

/** Limits of sizes as they are configured: what just fits passes, one more does not. */
@Execution(ExecutionMode.CONCURRENT)
class LimitEdgesTest {
  private static String status(String filler) {
    return "GET /status HTTP/1.1\r\nHost: h\r\nA: " + filler + "\r\n\r\n";
  }

  @Test
  void aHeadOfJustTheLimitPassesAndOneByteMoreIsA431() throws Exception {
    try (RunningServer server = new RunningServer("maxheader: 2k")) {
      String filler = "x".repeat(2048 - status("").length());
      assertEquals("ok", server.caller().send(status(filler)).answer().text());
      RawCaller over = server.caller().send(status(filler + "x"));
      assertEquals(431, over.answer().status());
      assertTrue(over.ended());
    }
  }

  @Test
  void asManyFieldsAsTheLimitPassAndOneMoreIsA431() throws Exception {
    try (RunningServer server = new RunningServer("maxheaderfields: 10")) {
      String eight = "A: b\r\n".repeat(7) + "A: b";
      assertEquals("ok", server.caller().send(status("").replace("A: ", eight)).answer().text());
      RawCaller over = server.caller().send(status("").replace("A: ", eight + "\r\nA: b\r\nA: b"));
      assertEquals(431, over.answer().status());
    }
  }

  @Test
  void anEnvelopeOfJustTheLimitPassesAndOneCharacterMoreIsA526() throws Exception {
    try (RunningServer server = new RunningServer("maxenvelope: 1k")) {
      RawPeer peer = server.peer();
      String rest = HostileAnswer.envelope("200", "{\"X\":[\"\"]}", 0);
      String filler = "x".repeat(1024 - rest.length());
      RawCaller c = server.caller().request("GET", "/");
      peer.request();
      peer.text(rest.replace("\"\"", "\"" + filler + "\"")).binary(new byte[0]);
      assertEquals(filler, c.answer().field("X"));
      c.request("GET", "/");
      peer.request();
      peer.text(rest.replace("\"\"", "\"" + filler + "x\"")).binary(new byte[0]);
      Answer refused = c.answer();
      assertEquals(526, refused.status());
      assertEquals("wsp-server; error=http_protocol_error", refused.proxyError());
      assertEquals(1009, peer.closedWith());
    }
  }

  @Test
  void asManyConnectionsInAllAsTheLimitRegisterAndOneMoreIsTurnedAway() throws Exception {
    try (RunningServer server = new RunningServer("maxconnections: 3")) {
      for (int i = 0; i < 3; i++) server.peer("client" + i + "_1");
      assertEquals(1013, server.stranger().text("more_1").closedWith());
      server.awaitCounts(3, 3, 0);
    }
  }

  @Test
  void asManyCallersAsTheLimitAreServedAndOneMoreIsA503() throws Exception {
    try (RunningServer server = new RunningServer("maxcallers: 2", "maxcallersperaddress: 2")) {
      server.echo();
      for (int i = 0; i < 2; i++) assertEquals("GET / ", server.caller().get("/").text());
      assertEquals(503, server.caller().get("/").status());
    }
  }

  @Test
  void withoutAnyPlaceToWaitNobodyWaits() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 20s", "maxwaiting: 0")) {
      server.peer();
      server.caller().request("GET", "/busy");
      server.awaitCounts(1, 0, 1);
      assertEquals(ProxyError.TOO_MANY_WAITING.text(), server.caller().get("/").firstLine());
    }
  }
}
