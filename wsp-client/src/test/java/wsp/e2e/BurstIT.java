package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** Many requests at once, all of which the origin keeps waiting. */
class BurstIT {
  private static final int CALLERS = 1000;
  private static final int IDLE = 10;

  @TempDir static Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"1", "auto"})
  void aThousandWaitAtOnceOnFewThreadsAndThePoolShrinksBack(String wire) throws Exception {
    // A thread for each core, as long as those are more than the five of version 2.
    int atRest = wire.equals("1") ? IDLE : Math.max(5, Runtime.getRuntime().availableProcessors());
    CompletableFuture<Void> release = new CompletableFuture<>();
    List<Caller> callers = new ArrayList<>();
    try (Tunnel tunnel =
        Tunnel.open(
            Files.createDirectory(directory.resolve(wire)),
            "timeout : 20000\nidletimeout : 1000\nloglevel : info\n",
            "poolidlesize : "
                + IDLE
                + "\npoolmaxsize : 1200\nwire : "
                + wire
                + "\nloglevel : warn\n")) {
      tunnel.origin.on("/slow", r -> answerLater(r, release));
      for (int i = 0; i < CALLERS; i++) {
        Caller c = new Caller(tunnel.port);
        callers.add(c);
        c.head("GET", tunnel.origin.url("/slow/" + i));
      }
      Await.until(
          "all are at the origin",
          Duration.ofSeconds(20),
          () -> tunnel.origin.seen("/slow/").size() == CALLERS);
      assertTrue(tunnel.server.threads() < 60, "server threads: " + tunnel.server.threads());
      assertTrue(tunnel.client.threads() < 60, "client threads: " + tunnel.client.threads());
      release.complete(null);
      for (int i = 0; i < CALLERS; i++) {
        assertEquals("200 /slow/" + i, callers.get(i).answer("GET").toString());
      }
      Await.until(
          "the pool is back at what it has at rest",
          Duration.ofSeconds(20),
          () -> tunnel.server.log().contains("1 pools, " + atRest + " idle connections, 0 busy"));
    } finally {
      for (Caller c : callers) c.close();
    }
  }

  private static void answerLater(Origin.Request r, CompletableFuture<Void> release)
      throws IOException {
    try {
      release.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
    r.reply(200, r.target);
  }
}
