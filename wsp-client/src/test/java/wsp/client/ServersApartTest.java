package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** A server that takes all that it may of a client's memory leaves enough for those of others. */
@Timeout(60)
class ServersApartTest {
  /** What one server may hold alone is half of this, or of a part of it. */
  private static final String[] MEMORY = {"envelopememory: 512k", "maxbuffered: 512k"};

  /** More than there is memory for. */
  private static final int MANY = 50;

  private static final String[] LONG = {"X-Long", "x".repeat(12_000)};
  private static final String[] SHORT = {"X-Short", "x".repeat(6_000)};

  private FakeServer greedy;
  private FakeServer other;
  private ScriptedOrigin origin;
  private WspClient client;

  @BeforeEach
  void open() throws Exception {
    greedy = new FakeServer();
    other = new FakeServer();
    origin = new ScriptedOrigin();
    origin.on("/wait", ScriptedOrigin.Request::awaitGone);
    client = ClientFixture.client(greedy.url() + "', '" + other.url(), MEMORY);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    greedy.close();
    other.close();
    origin.close();
  }

  /** What it takes, of which the last is refused, and what another server needs of the same. */
  enum Kind {
    LONG_HEADS {
      @Override
      void fill(FramePeer greedy, String url) throws IOException {
        fillWithHeads(greedy, url, LONG);
      }

      @Override
      int ask(FramePeer other, String url) throws IOException {
        return other.get(url, LONG);
      }
    },
    HEADS {
      @Override
      void fill(FramePeer greedy, String url) throws IOException {
        fillWithHeads(greedy, url, SHORT);
      }

      @Override
      int ask(FramePeer other, String url) throws IOException {
        return other.get(url, SHORT);
      }
    },
    BODIES {
      @Override
      void fill(FramePeer greedy, String url) throws IOException {
        for (int i = 1; i < MANY; i++) greedy.open("POST", url, 5, false);
        assertEquals(1, greedy.await(greedy.open("POST", url, 5, false)).reset);
      }

      @Override
      int ask(FramePeer other, String url) throws IOException {
        return other.post(url, new byte[5]);
      }
    },
    PARTS_OF_HEADS {
      @Override
      void fill(FramePeer greedy, String url) throws IOException {
        arrived(greedy.peer, Peer.BINARY, false, frame(url, 100_000), 70_000);
      }

      @Override
      int ask(FramePeer other, String url) throws IOException {
        byte[] head = frame(url, 20_000);
        arrived(other.peer, Peer.BINARY, false, head, 15_000);
        other.peer.frame(Peer.CONTINUATION, true, Arrays.copyOfRange(head, 15_000, head.length));
        return 1;
      }
    };

    private static void fillWithHeads(FramePeer greedy, String url, String[] fields)
        throws IOException {
      for (int i = 1; i < MANY; i++) greedy.get(url, fields);
      assertEquals(527, greedy.await(greedy.get(url, fields)).head.status());
    }

    /** Takes as much as it gets, and more. */
    abstract void fill(FramePeer greedy, String url) throws IOException;

    /** One request: its stream. */
    abstract int ask(FramePeer other, String url) throws IOException;
  }

  private static String head(String url, int length) {
    Headers fields = Headers.of("X-Long", "x".repeat(length));
    return EnvelopeCodec.encode(new RequestEnvelope("GET", url, fields, 0));
  }

  private static byte[] frame(String url, int length) {
    byte[] json = head(url, length).getBytes(StandardCharsets.UTF_8);
    int type = FramePeer.REQUEST | FramePeer.END;
    return ByteBuffer.allocate(5 + json.length).put((byte) type).putInt(1).put(json).array();
  }

  /** The client has read the first so many bytes of a message: it answers what comes behind. */
  private static void arrived(Peer by, int opcode, boolean last, byte[] message, int bytes)
      throws IOException {
    by.frame(opcode, last, Arrays.copyOf(message, bytes));
    by.frame(Peer.PING, true, new byte[0]);
    by.frame();
  }

  @ParameterizedTest
  @EnumSource
  void requestsOfAnotherServerAreServed(Kind kind) throws Exception {
    greedy.welcomeLines = FramePeer.WELCOME;
    other.welcomeLines = FramePeer.WELCOME;
    client.start();
    kind.fill(new FramePeer(greedy.next()), origin.url("/wait"));
    FramePeer peer = new FramePeer(other.next());
    FramePeer.Answer answer = peer.await(kind.ask(peer, origin.url("/ok")));
    assertEquals(-1, answer.reset, "it was refused");
    assertEquals(200, answer.head.status());
  }

  @Test
  void requestsOfAnotherServerAreServedOnVersion1() throws Exception {
    client.start();
    byte[] greedys = head(origin.url("/wait"), 200_000).getBytes(StandardCharsets.UTF_8);
    Peer first = greedy.next();
    try {
      arrived(first, Peer.TEXT, false, greedys, 19_000);
    } catch (IOException e) {
      // It was too much, which costs the connection.
    }
    Peer peer = other.next();
    byte[] head = head(origin.url("/ok"), 9_000).getBytes(StandardCharsets.UTF_8);
    arrived(peer, Peer.TEXT, false, head, 7_000);
    peer.frame(Peer.CONTINUATION, true, Arrays.copyOfRange(head, 7_000, head.length));
    peer.binary(new byte[0]);
    assertEquals(200, peer.answer().head().status());
  }
}
