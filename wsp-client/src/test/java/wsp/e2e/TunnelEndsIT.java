package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.e2e.Caller.Answer;
import wsp.e2e.RawStage.Ends;
import wsp.e2e.RawStage.Kind;
import wsp.testing.Await;

/** Tunnels and upgrades end, and are refused, as they would on a direct connection. */
class TunnelEndsIT {
  @TempDir static Path directory;
  @AutoClose private static RawStage stage;

  @BeforeAll
  static void open() throws Exception {
    String rules = "blacklist : [{ url : '^tcp://denied\\.test:' }]\n";
    String log = "accesslog : { format : json }\n";
    stage = new RawStage(directory, RawStage.LINES + rules + log, RawStage.LINES + log);
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatComeEarlyAreTheFirstOfTheirWay(Kind kind) throws Exception {
    try (Ends e = stage.open(kind, "early", "glued")) {
      assertEquals("early", RawStage.read(e.origin(), 5));
      assertEquals("glued", RawStage.read(e.caller(), 5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCallersEndIsHalfAClose(Kind kind) throws Exception {
    try (Ends e = stage.open(kind)) {
      e.caller().send("last");
      RawStage.half(e.caller());
      assertEquals("lastend", RawStage.rest(e.origin()));
      e.origin().send("late");
      e.origin().close();
      assertEquals("lateend", RawStage.rest(e.caller()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOriginsEndIsHalfAClose(Kind kind) throws Exception {
    try (Ends e = stage.open(kind)) {
      e.origin().send("last");
      RawStage.half(e.origin());
      assertEquals("lastend", RawStage.rest(e.caller()));
      e.caller().send("late");
      e.caller().close();
      assertEquals("lateend", RawStage.rest(e.origin()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, false", "UPGRADE, false",
    "CONNECT, true", "UPGRADE, true"
  })
  void aResetIsAResetAtTheOtherEnd(Kind kind, boolean afterHalfAClose) throws Exception {
    try (Ends e = stage.open(kind)) {
      if (afterHalfAClose) {
        RawStage.half(e.caller());
        assertEquals("end", RawStage.rest(e.origin()));
      }
      RawStage.reset(e.origin());
      assertEquals("reset", RawStage.rest(e.caller()));
    }
    try (Ends e = stage.open(kind)) {
      if (afterHalfAClose) {
        RawStage.half(e.origin());
        assertEquals("end", RawStage.rest(e.caller()));
      }
      RawStage.reset(e.caller());
      assertEquals("reset", RawStage.rest(e.origin()));
    }
  }

  /** To a daemon that writes, a reset may be an error of its write, and an end to its next read. */
  @ParameterizedTest
  @EnumSource
  void aResetWhileBytesGoTheOtherWayIsAReset(Kind kind) throws Exception {
    byte[] many = new byte[1 << 17];
    for (int i = 0; i < 20; i++) {
      boolean byCaller = i % 2 == 0;
      try (Ends e = stage.open(kind)) {
        Caller resets = byCaller ? e.caller() : e.origin();
        Caller told = byCaller ? e.origin() : e.caller();
        // So many wait in the socket's buffers: what writes them later is a daemon.
        told.out.write(many);
        assertEquals(0, resets.in.read());
        RawStage.reset(resets);
        assertEquals("reset", RawStage.rest(told), "by the caller: " + byCaller + " " + i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"CONNECT, true, 31", "CONNECT, false, 32", "UPGRADE, true, 33", "UPGRADE, false, 34"})
  void aResetBehindAnEndEndsBothWays(Kind kind, boolean ofTheOrigin, int bytes) throws Exception {
    try (Ends e = stage.open(kind)) {
      e.caller().send("x".repeat(bytes));
      RawStage.read(e.origin(), bytes);
      Caller who = ofTheOrigin ? e.origin() : e.caller();
      RawStage.half(who);
      assertEquals("end", RawStage.rest(ofTheOrigin ? e.caller() : e.origin()));
      RawStage.reset(who);
      // A socket that has been read to its end has no word for the reset behind it.
      for (Daemon d : new Daemon[] {stage.tunnel.server, stage.tunnel.client})
        Await.until("a line", () -> logged(d, "\"kind\":\"", ",\"bytes_in\":" + bytes + ","));
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothDaemonsLogItOnceItIsOver(Kind kind) throws Exception {
    try (Ends e = stage.open(kind)) {
      e.caller().send("to the origin");
      RawStage.read(e.origin(), 13);
      e.origin().send("back");
      RawStage.half(e.origin());
      assertEquals("backend", RawStage.rest(e.caller()));
      RawStage.half(e.caller());
      assertEquals("end", RawStage.rest(e.origin()));
    }
    String what =
        kind == Kind.CONNECT
            ? "\"kind\":\"connect\",\"method\":\"CONNECT\",\"url\":\"tcp://%s\",\"status\":200"
            : "\"kind\":\"upgrade\",\"method\":\"GET\",\"url\":\"http://%s/ws\",\"status\":101";
    String begins = String.format(what, stage.authority()) + ",\"outcome\":\"complete\"";
    for (Daemon d : new Daemon[] {stage.tunnel.server, stage.tunnel.client})
      Await.until(
          "a line with " + begins, () -> logged(d, begins, ",\"bytes_in\":13,\"bytes_out\":4,"));
  }

  private static boolean logged(Daemon by, String begins, String bytes) throws IOException {
    return by.log().lines().anyMatch(l -> l.contains(begins) && l.contains(bytes));
  }

  @Test
  void aCallerThatLeavesBeforeThe101CancelsTheRequest() throws Exception {
    Caller caller = stage.ask(Kind.UPGRADE, "");
    try (Caller origin = stage.accept()) {
      RawStage.head(origin);
      RawStage.reset(caller);
      assertEquals("reset", RawStage.rest(origin));
    }
  }

  @ParameterizedTest
  @CsvSource({"403 Forbidden, 403", "200 OK, 200", "426 Upgrade Required, 426"})
  void anotherAnswerThan101IsAnOrdinaryOne(String line, int status) throws Exception {
    try (Caller caller = stage.ask(Kind.UPGRADE, "");
        Caller origin = stage.accept()) {
      RawStage.head(origin);
      String wanted = "Upgrade: websocket, other\r\nConnection: Upgrade\r\n";
      origin.send("HTTP/1.1 " + line + "\r\n" + wanted + "Content-Length: 2\r\n\r\nno");
      Answer answer = caller.answer("GET");
      assertEquals(status + " no", answer.toString());
      // It is told what it has to ask for (RFC 9110 §15.5.22).
      assertEquals(
          status == 426 ? List.of("websocket, other") : List.of(), answer.header("Upgrade"));
      assertEquals(status == 426 ? List.of("Upgrade") : List.of(), answer.header("Connection"));
      caller.head("GET", stage.tunnel.origin.url("/ok"));
      assertEquals("200 ok", caller.answer("GET").toString(), "the connection serves on");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h2c, 'Upgrade, HTTP2-Settings', 0",
    "websocket, keep-alive, 0",
    "websocket, Upgrade, 3",
    "other, Upgrade, 0"
  })
  void whatIsNoUpgradeIsARequestWithoutIt(String protocol, String connection, int body)
      throws Exception {
    try (Caller caller = new Caller(stage.tunnel.port)) {
      String[] fields = {
        "Upgrade: " + protocol, "Connection: " + connection, "Content-Length: " + body
      };
      caller.head("GET", "http://" + stage.authority() + "/", fields);
      caller.send("abc".substring(0, body));
      try (Caller origin = stage.accept()) {
        String head = RawStage.head(origin);
        assertFalse(head.contains("Upgrade: ") || head.contains("HTTP2-Settings"), head);
        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertEquals("200 ok", caller.answer("GET").toString());
      }
    }
  }

  @Test
  void a101ThatWasNotAskedForIsNoAnswer() throws Exception {
    try (Caller caller = new Caller(stage.tunnel.port)) {
      caller.head("GET", "http://" + stage.authority() + "/");
      try (Caller origin = stage.accept()) {
        RawStage.head(origin);
        origin.send("HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        assertEquals(527, caller.answer("GET").status);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "denied.test:443, 526, Destination is forbidden",
    "127.0.0.1:1, 527, refused",
    "no-such-host.invalid:443, 527, unknown host",
    "169.254.169.254:80, 527, not allowed",
    "169.254.169.254.:80, 527, not allowed"
  })
  void aTunnelThatCannotBeSaysWhyAndWhatIsBehindItIsNoRequest(
      String target, int status, String words) throws Exception {
    try (Caller caller = new Caller(stage.tunnel.port)) {
      caller.send("CONNECT " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
      caller.send("GET /status HTTP/1.1\r\nHost: x\r\n\r\n");
      Answer answer = caller.answer("CONNECT");
      assertEquals(status, answer.status);
      assertTrue(answer.text().contains(words), answer.text());
      assertEquals("end", RawStage.rest(caller));
    }
  }

  @ParameterizedTest
  @CsvSource({"client", "server"})
  void aDaemonThatDiesResetsWhatIsOpen(String which) throws Exception {
    try (RawStage own = new RawStage(directory, RawStage.LINES, RawStage.LINES);
        Ends tunnel = own.open(Kind.CONNECT);
        Ends upgrade = own.open(Kind.UPGRADE)) {
      (which.equals("client") ? own.tunnel.client : own.tunnel.server).signal("KILL");
      for (Ends e : new Ends[] {tunnel, upgrade}) {
        // The kernel closes what a killed process had open; what is not its own is told by a reset.
        assertEquals(which.equals("client") ? "reset" : "end", RawStage.rest(e.caller()));
        assertEquals(which.equals("client") ? "end" : "reset", RawStage.rest(e.origin()));
      }
    }
  }
}
