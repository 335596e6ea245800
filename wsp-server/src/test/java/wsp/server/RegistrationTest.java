package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;
import wsp.testing.Frames;

/** Whatever a stranger sends to /register. */
class RegistrationTest {
  @AutoClose private final RunningServer server = new RunningServer();

  @Test
  void whoDoesNotGreetIsClosed() throws Exception {
    server.reload("greetingtimeout: 100ms");
    RawPeer silent = server.stranger();
    RawPeer half = server.stranger();
    half.frame(false, 1, "a".getBytes(StandardCharsets.UTF_8));
    assertEquals(1008, silent.closedWith());
    assertEquals(1008, half.closedWith());
    server.awaitNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "_1",
        "a_",
        "a_x",
        "a_-1",
        "a b_1",
        "a\n_1",
        "a\u001b[31m_1",
        "\u00e9_1"
      })
  void aMalformedGreetingIsClosed(String greeting) throws Exception {
    RawPeer peer = server.stranger().text(greeting);
    assertEquals(1008, peer.closedWith());
    server.awaitNothingLeft();
  }

  @Test
  void aHugeGreetingIsClosedWithoutBeingCollected() throws Exception {
    RawPeer peer = server.stranger();
    peer.raw(Frames.header(true, 1, 1L << 40, true)).raw(new byte[4]);
    try {
      for (int i = 0; i < 100; i++) peer.raw(new byte[1 << 20]);
    } catch (IOException e) {
      // Closed already.
    }
    peer.closedWith();
    server.awaitNothingLeft();
  }

  @Test
  void aLongGreetingIsClosedWith1009AndABinaryOneWith1003() throws Exception {
    assertEquals(1009, server.stranger().text("a".repeat(10_000) + "_1").closedWith());
    assertEquals(1003, server.stranger().binary("a_1".getBytes("UTF-8")).closedWith());
    server.awaitNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "8103615f31,1002", // unmasked
    "c18000000000,1002", // reserved bit
    "8380 00000000,1002", // unknown opcode
    "8080 00000000,1002", // continuation of nothing
    "0980 00000000,1002", // fragmented ping
    "89fe 007e 00000000,1002", // long ping
    "82ff 8000000000000000 00000000,1009", // over 2^63
    "8881 00000000 03,1002", // a close with half a code
    "8882 00000000 0000,1002", // codes that nobody may send
    "8882 00000000 03e7,1002",
    "8882 00000000 03ec,1002",
    "8882 00000000 03ed,1002",
    "8882 00000000 03ee,1002",
    "8882 00000000 03f7,1002",
    "8882 00000000 0bb7,1002",
    "8882 00000000 1388,1002",
    "8882 00000000 270f,1002",
    "8884 00000000 03e8c328,1007", // a close whose reason is not UTF-8
    "8182 00000000 c328,1007" // a text that is not UTF-8
  })
  void aMalformedFrameIsClosedAtOnceWhileGreetingAndWhileIdle(String hex, int code)
      throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    for (boolean idle : new boolean[] {false, true}) {
      RawPeer peer = idle ? server.peer() : server.stranger();
      long sent = System.nanoTime();
      peer.raw(bytes);
      assertEquals(code, peer.closedWith(), idle ? "idle" : "greeting");
      assertTrue(Await.millisSince(sent) < 5000);
      server.awaitCounts(0, 0, 0);
    }
    server.awaitNothingLeft();
  }

  @Test
  void aFragmentedGreetingWithAPingInBetweenIsFineAndThePingIsAnswered() throws Exception {
    RawPeer peer = server.stranger();
    peer.frame(false, 1, "cli".getBytes(StandardCharsets.UTF_8));
    peer.frame(true, RawPeer.PING, new byte[] {1, 2, 3});
    peer.frame(false, 0, "ent_".getBytes(StandardCharsets.UTF_8));
    peer.frame(true, 0, "7".getBytes(StandardCharsets.UTF_8));
    RawPeer.Frame pong = peer.next();
    assertEquals(RawPeer.PONG, pong.opcode());
    assertEquals("010203", HexFormat.of().formatHex(pong.payload()));
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void aCloseIsAnsweredAndTheConnectionEnds() throws Exception {
    RawPeer peer = server.peer();
    long sent = System.nanoTime();
    peer.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
    assertEquals(1001, peer.closedWith());
    assertTrue(Await.millisSince(sent) < 5000);
    server.awaitNothingLeft();
  }

  @Test
  void twoClientsWithOneIdShareAPoolAndEachServesOn() throws Exception {
    RawPeer one = server.peer("same_2");
    RawPeer two = server.peer("same_2").serve((r, p) -> p.reply(200, "two"));
    server.awaitCounts(1, 2, 0);
    one.reset();
    server.awaitCounts(1, 1, 0);
    assertEquals("two", server.caller().get("/").text());
    assertTrue(two.socket.isConnected());
  }

  @Test
  void connectionsOfOneClientHaveAMaximum() throws Exception {
    try (RunningServer small = new RunningServer("maxclientconnections: 1", "maxconnections: 2")) {
      small.peer("a_1");
      assertEquals(1013, small.stranger().text("a_1").closedWith());
      small.peer("b_1");
      assertEquals(1013, small.stranger().text("c_1").closedWith());
      small.awaitCounts(2, 2, 0);
    }
  }

  @Test
  void strangersLeaveNothing() throws Exception {
    RawPeer first = server.peer();
    first.close();
    for (int i = 0; i < 300; i++) {
      RawPeer p = RawPeer.open(server.port());
      if (i % 3 == 0) p.reset();
      else if (i % 3 == 1) p.frame(true, RawPeer.CLOSE, new byte[0]).close();
      else p.raw(new byte[] {1, 1, 1}).close();
    }
    server.awaitNothingLeft();
  }
}
