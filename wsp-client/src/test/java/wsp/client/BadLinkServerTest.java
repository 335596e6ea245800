package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.client.FramePeer.CREDIT;
import static wsp.client.FramePeer.DATA;
import static wsp.client.FramePeer.DRAIN;
import static wsp.client.FramePeer.END;
import static wsp.client.FramePeer.REQUEST;
import static wsp.client.FramePeer.RESET;
import static wsp.client.FramePeer.RESPONSE;
import static wsp.client.FramePeer.TRAILERS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;

/** A server of version 2 that breaks the rules: that costs the link it does so on, and no other. */
@Timeout(60)
class BadLinkServerTest {
  private static final byte[] NOTHING = {};
  private static final byte[] CANCELLED = {0};

  /** What the server does; {@code /wait} is a stream that is open. */
  private interface Deed {
    void by(FramePeer peer, ScriptedOrigin origin) throws IOException;
  }

  private static Deed frame(int type, int id, byte[] payload) {
    return (peer, origin) -> peer.frame(type, id, payload);
  }

  private static Deed onOpenOne(int type, byte[] payload) {
    return (peer, origin) -> peer.frame(type, peer.get(origin.url("/wait")), payload);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Stream 1 is over when it begins. */
  enum Bad {
    CREDIT_OF_NOTHING(1002, onOpenOne(CREDIT, new byte[4])),
    CREDIT_BELOW_NOTHING(1002, onOpenOne(CREDIT, new byte[] {-1, 0, 0, 0})),
    CREDIT_BEYOND_ALL(1002, onOpenOne(CREDIT, new byte[] {127, -1, -1, -1})),
    CREDIT_OF_TWO_BYTES(1002, onOpenOne(CREDIT, new byte[2])),
    CREDIT_FOR_NO_STREAM(1002, frame(CREDIT, 99, new byte[] {0, 0, 1, 0})),
    CREDIT_WITH_END(1002, onOpenOne(CREDIT | END, new byte[] {0, 0, 1, 0})),
    AN_ID_TWICE(1002, frame(REQUEST | END, 1, ascii("{\"Method\":\"GET\",\"URL\":\"http://a/\"}"))),
    AN_ID_OF_0(1002, frame(REQUEST | END, 0, ascii("{\"Method\":\"GET\",\"URL\":\"http://a/\"}"))),
    AN_ID_BELOW_0(
        1002, frame(REQUEST | END, -2, ascii("{\"Method\":\"GET\",\"URL\":\"http://a/\"}"))),
    IDS_GOING_DOWN(
        1002,
        (peer, origin) -> {
          peer.frame(REQUEST | END, 9, ascii("{\"Method\":\"GET\",\"URL\":\"http://a/\"}"));
          peer.frame(REQUEST | END, 5, ascii("{\"Method\":\"GET\",\"URL\":\"http://a/\"}"));
        }),
    NO_ENVELOPE(1002, frame(REQUEST | END, 2, ascii("{"))),
    A_RESPONSE(1002, onOpenOne(RESPONSE, ascii("{\"StatusCode\":200,\"Header\":{}}"))),
    DATA_FOR_NO_STREAM(1002, frame(DATA, 99, new byte[10])),
    DATA_FOR_STREAM_0(1002, frame(DATA, 0, new byte[10])),
    DATA_FOR_A_STREAM_THAT_IS_OVER(1002, frame(DATA, 1, new byte[10])),
    DATA_AFTER_END(1002, onOpenOne(DATA, new byte[10])),
    END_TWICE(1002, onOpenOne(DATA | END, NOTHING)),
    TRAILERS_AFTER_END(1002, onOpenOne(TRAILERS | END, ascii("{\"Header\":{}}"))),
    TRAILERS_WITHOUT_END(1002, frame(TRAILERS, 1, ascii("{\"Header\":{}}"))),
    DATA_BEYOND_THE_WINDOW(
        -1,
        (peer, origin) -> {
          int id = peer.open("POST", origin.url("/wait"), 1 << 30, false);
          for (int i = 0; i < 1 << 14; i++) peer.frame(DATA, id, new byte[16_384]);
        }),
    RESET_FOR_NO_STREAM(1002, frame(RESET, 99, CANCELLED)),
    RESET_WITHOUT_A_REASON(1002, onOpenOne(RESET, NOTHING)),
    DATA_AFTER_ITS_RESET(
        1002,
        (peer, origin) -> {
          int id = peer.open("POST", origin.url("/wait"), 9, false);
          peer.frame(RESET, id, CANCELLED);
          peer.frame(DATA, id, new byte[9]);
        }),
    RESET_WITH_END(1002, onOpenOne(RESET | END, CANCELLED)),
    DRAIN_OF_A_STREAM(1002, frame(DRAIN, 1, new byte[4])),
    DRAIN_OF_NO_BYTES(1002, frame(DRAIN, 0, NOTHING)),
    DRAIN_WITH_END(1002, frame(DRAIN | END, 0, new byte[4])),
    TYPE_0(1002, frame(0, 2, NOTHING)),
    TYPE_8(1002, frame(8, 2, NOTHING)),
    TYPE_127(1002, frame(127, 2, NOTHING)),
    NO_BYTES(1002, (peer, origin) -> peer.peer.binary(NOTHING)),
    LESS_THAN_A_HEADER(1002, (peer, origin) -> peer.peer.binary(new byte[4])),
    TEXT(1002, (peer, origin) -> peer.peer.get(origin.url("/ok"))),
    A_MEGABYTE_OF_DATA(
        1009,
        (peer, origin) -> {
          int id = peer.open("POST", origin.url("/wait"), 1 << 30, false);
          peer.frame(DATA, id, new byte[1 << 20]);
        }),
    A_HEAD_OF_MANY_MEGABYTES(1009, frame(REQUEST | END, 2, new byte[17 << 20])),
    A_LONG_RESET(1009, frame(RESET, 1, new byte[5000])),
    A_MILLION_RESETS(
        -1,
        (peer, origin) -> {
          for (int i = 0; i < 1_000_000; i++)
            peer.frame(RESET, peer.open("POST", origin.url("/ok"), 5, false), CANCELLED);
        }),
    A_MILLION_RESETS_OF_ONE(
        -1,
        (peer, origin) -> {
          for (int i = 0; i < 1_000_000; i++) peer.frame(RESET, 1, CANCELLED);
        }),
    SILENCE(-1, (peer, origin) -> peer.peer.answerPings = false);

    final int code;
    final transient Deed deed;

    /**
     * @param code of the client's close frame; -1 where that may be lost
     */
    Bad(int code, Deed deed) {
      this.code = code;
      this.deed = deed;
    }
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void itCostsThatLinkAlone(Bad bad) throws Exception {
    try (FakeServer server = new FakeServer();
        ScriptedOrigin origin = new ScriptedOrigin()) {
      server.welcomeLines = FramePeer.WELCOME;
      origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      String patience = bad == Bad.SILENCE ? "deadpeer: 1s" : "deadpeer: 30s";
      try (WspClient client =
          ClientFixture.client(
              server.url(), "wire: auto", "poolidlesize: 2", "poolmaxsize: 2", patience)) {
        client.start();
        FramePeer broken = new FramePeer(server.next());
        FramePeer other = new FramePeer(server.next());
        works(broken, origin);
        int running = other.get(origin.url("/wait"));
        Await.until("it arrives", ClientFixture.SOON, () -> origin.last("/wait") != null);
        ScriptedOrigin.Request spared = origin.last("/wait");
        if (bad == Bad.SILENCE) FakeServer.start(() -> pump(other));
        run(bad, broken, origin);
        int code = broken.peer.closed();
        if (bad.code > 0) assertEquals(bad.code, code);
        broken.peer.close();
        works(new FramePeer(server.next()), origin);
        assertTrue(!spared.gone, "what runs on the other link goes on");
        other.frame(RESET, running, CANCELLED);
        if (bad != Bad.SILENCE) works(other, origin);
      }
    }
  }

  private static void run(Bad bad, FramePeer peer, ScriptedOrigin origin) {
    try {
      bad.deed.by(peer, origin);
    } catch (IOException e) {
      // The client has closed it by now.
    }
  }

  /** Answers pings. */
  private static void pump(FramePeer peer) {
    try {
      while (true) peer.next();
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void works(FramePeer peer, ScriptedOrigin origin) throws IOException {
    assertEquals("fine", peer.await(peer.post(origin.url("/ok"), ascii("fine"))).text());
  }
}
