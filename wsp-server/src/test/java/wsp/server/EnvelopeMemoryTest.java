package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.testing.Await;

/** What clients may make the server hold of envelopes that they do not end. */
@Execution(ExecutionMode.CONCURRENT)
class EnvelopeMemoryTest {
  private static final byte[] BEGINNING =
      ("{\"Header\":{\"A\":[\"" + "a".repeat(30_000)).getBytes(StandardCharsets.UTF_8);

  /** Each client has one; two without would share what is one address's. */
  private static final String KEYS =
      "clients: [{name: evil, key: k-evil}, {name: good, key: k-good}, {name: one, key: k-one}]";

  private static RawPeer peer(RunningServer server, String client) throws Exception {
    RawPeer peer = server.kept(RawPeer.open(server.port(), "X-SECRET-KEY: k-" + client));
    peer.text(client + "_1").awaitPong();
    return peer;
  }

  /** A busy connection of that client, which has begun an envelope. */
  private static RawCaller begun(RunningServer server, String client) throws Exception {
    RawPeer peer = peer(server, client);
    RawCaller caller = server.caller().request("GET", "/", "X-PROXY-CLIENT: " + client);
    peer.request();
    peer.frame(false, 1, BEGINNING);
    return caller;
  }

  @Test
  void whoeverBeginsTooManyLosesTheLastAndNobodyElseAny() throws Exception {
    try (RunningServer server = new RunningServer("envelopememory: 320k", "timeout: 8000", KEYS)) {
      List<RawCaller> callers = new ArrayList<>();
      // 30 KB each, twice as much when more comes, and 8 for each link; half is one client's.
      for (int i = 0; i < 10; i++) callers.add(begun(server, "evil"));
      int refused = 0;
      for (RawCaller c : callers.subList(5, 10)) if (c.answer().status() == 526) refused++;
      assertTrue(refused >= 5, refused + " refused");
      RawPeer good = peer(server, "good");
      RawCaller caller = server.caller().request("GET", "/", "X-PROXY-CLIENT: good");
      good.request();
      // Twice as much is free for it, though links that were refused are still closing.
      good.frame(false, 1, Arrays.copyOf(BEGINNING, 20_000));
      String rest = "\"]},\"StatusCode\":200,\"ContentLength\":2}";
      good.frame(true, 0, rest.getBytes(StandardCharsets.UTF_8));
      good.frame(true, 2, "ok".getBytes(StandardCharsets.UTF_8));
      assertEquals("ok", caller.answer().text());
    }
  }

  @Test
  void whatIsWholeOrBrokenOffGivesItsMemoryBack() throws Exception {
    try (RunningServer server = new RunningServer("envelopememory: 84k", "timeout: 8000", KEYS)) {
      for (int i = 0; i < 10; i++) {
        RawCaller leaves = begun(server, "one");
        leaves.close();
        Await.until("the exchange is over", () -> server.server.pools.counts().busy() == 0);
      }
    }
  }
}
