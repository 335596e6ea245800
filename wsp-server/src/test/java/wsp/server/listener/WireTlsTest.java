package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.grizzly.nio.NIOConnection;
import org.junit.jupiter.api.Test;

/** What a connection writes over TLS, and how it ends then. */
class WireTlsTest extends WireFixture {
  /** More than the sockets hold between them. */
  private static final int MUCH = 32 << 20;

  /** Without them the other end takes what it has got for cut. */
  @Test
  void theLastWordsOfTlsGoOutBeforeTheEnd() throws Exception {
    assertGoesOutBeforeTheEnd(w -> w.closing.gently());
  }

  /** It sends no more, and may read all the same, as without TLS. */
  @Test
  void whatWaitsGoesOutToOneThatHasSaidGoodbyeOverTls() throws Exception {
    assertGoesOutBeforeTheEnd(w -> w.closing.answered());
  }

  private void assertGoesOutBeforeTheEnd(Consumer<Wire> end) throws Exception {
    int records = MUCH / LastWordsEngine.BYTES;
    tls = new Tls(new LastWordsEngine(records));
    accepted = new CompletableFuture<>();
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      other.setSoTimeout(10_000);
      end.accept(accepted.get(10, TimeUnit.SECONDS));
      long words = other.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertEquals((long) records * LastWordsEngine.BYTES, words);
    }
  }

  /** It alone ends what the connection is watched for: others would undo what it does meanwhile. */
  @Test
  void theSelectorThreadEndsTheReadingWhoeverSendsOverTlsAtThatMoment() throws Exception {
    Tls sealed = new Tls(new LastWordsEngine(0));
    tls = sealed;
    CompletableFuture<NIOConnection> raw = new CompletableFuture<>();
    connections = raw::complete;
    accepted = new CompletableFuture<>();
    CountDownLatch sends = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    Thread sender =
        new Thread(
            () ->
                sealed.close(
                    () -> {
                      sends.countDown();
                      await(sent);
                    }));
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      other.setSoTimeout(10_000);
      CompletableFuture<Integer> watched = new CompletableFuture<>();
      Wire made = accepted.get(10, TimeUnit.SECONDS);
      sender.start();
      assertTrue(sends.await(10, TimeUnit.SECONDS));
      made.tcp.onSelector(
          () -> {
            made.closing.answered();
            watched.complete(raw.join().getSelectionKey().interestOps());
          });
      assertEquals(0, watched.get(10, TimeUnit.SECONDS) & SelectionKey.OP_READ);
    } finally {
      sent.countDown();
      sender.join();
    }
  }

  @Test
  void anActionThatFailsDoesNotStopWhatTlsSends() {
    Tls sealed = new Tls(new LastWordsEngine(0));
    Runnable bug =
        () -> {
          throw new IllegalStateException("a bug");
        };
    assertThrows(IllegalStateException.class, () -> sealed.close(bug));
    CountDownLatch ran = new CountDownLatch(1);
    sealed.close(ran::countDown);
    assertEquals(0, ran.getCount());
  }

  /** Nobody else may come, and who waits for them would wait for ever. */
  @Test
  void norDoesItStopWhatWasQueuedBehindItAlready() {
    Tls sealed = new Tls(new LastWordsEngine(0));
    CountDownLatch ran = new CountDownLatch(1);
    Runnable bug =
        () -> {
          sealed.close(ran::countDown);
          assertEquals(1, ran.getCount(), "it comes after this");
          throw new IllegalStateException("a bug");
        };
    assertThrows(IllegalStateException.class, () -> sealed.close(bug));
    assertEquals(0, ran.getCount());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
