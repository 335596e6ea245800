package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import wsp.client.FakeServer.Answer;

/** Heads of requests that run take no more memory than there is for them. */
class EnvelopeMemoryTest {
  @Test
  void fieldsCountHoweverShortTheyAre() throws Exception {
    String[] many = new String[2000];
    Arrays.fill(many, "b");
    try (ClientFixture f = new ClientFixture("envelopememory: 128k")) {
      Peer peer = f.healthy();
      for (int i = 0; i < 3; i++) {
        peer.get(f.origin.url("/ok"), many);
        Answer refused = peer.answer();
        assertEquals(527, refused.head().status());
        assertTrue(refused.text().contains("envelopememory"), refused.text());
      }
      f.works(peer);
    }
  }

  private static final String[] LONG = {"X-Long", "x".repeat(12_000)};

  @Test
  void aHeadThatFindsNoMemoryIsAnsweredAndOneThatIsOverLeavesItsOwn() throws Exception {
    try (ClientFixture f =
        new ClientFixture("envelopememory: 128k", "poolidlesize: 2", "poolmaxsize: 2")) {
      f.origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      Peer first = f.healthy();
      Peer second = f.healthy();
      first.get(f.origin.url("/wait"), LONG);
      f.awaitRequest("/wait");
      second.get(f.origin.url("/ok"), LONG);
      Answer refused = second.answer();
      assertEquals(527, refused.head().status());
      assertTrue(refused.text().contains("envelopememory"), refused.text());
      f.works(second);
      first.close();
      f.awaitCancel("/wait");
      for (int i = 0; i < 10; i++) {
        second.get(f.origin.url("/ok"), LONG);
        assertEquals(200, second.answer().head().status());
      }
    }
  }
}
