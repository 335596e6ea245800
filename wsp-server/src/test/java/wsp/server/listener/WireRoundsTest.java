package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.nio.NIOConnection;
import org.junit.jupiter.api.Test;

/** What waits for the end of a round of events. */
class WireRoundsTest extends WireFixture {
  private static final int PIECES = 10_000;

  @Test
  void theLastBytesOfAMessageGoOutAtTheEndOfTheRound() throws Exception {
    AtomicInteger pending = new AtomicInteger();
    // A thread that has just begun has had no round yet.
    for (int i = 0; i < 100 && pending.get() == 0; i++) {
      inOneRound(
          () -> {
            wire.write(bytes("last"), true);
            pending.set(wire.pending());
            assertFalse(wire.congested(), "nothing holds them up");
          });
      assertEquals("last", readText(4));
    }
    assertEquals(4, pending.get(), "they waited");
  }

  @Test
  void whatDoesNotWaitGoesOutBehindWhatDoes() throws Exception {
    inOneRound(
        () -> {
          wire.write(bytes("first,"), true);
          wire.write(bytes("second,"));
          wire.write(bytes("third"), true);
        });
    assertEquals("first,second,third", readText(18));
  }

  @Test
  void whatComesFromAnotherThreadDoesNotWait() {
    wire.write(bytes("now"), true);
    assertEquals(0, wire.pending());
  }

  @Test
  void aLargePieceDoesNotWait() throws Exception {
    AtomicInteger pending = new AtomicInteger(-1);
    inOneRound(
        () -> {
          wire.write(ByteBuffer.allocate(16 * 1024), true);
          pending.set(wire.pending());
        });
    assertEquals(0, pending.get());
  }

  /** A caller can ask for as many small answers as fit into one read, and take none of them. */
  @Test
  void smallPiecesDoNotGatherWhereNobodyReads() throws Exception {
    AtomicInteger most = new AtomicInteger();
    inOneRound(
        () -> {
          for (int i = 0; i < PIECES && !wire.congested(); i++) {
            wire.write(ByteBuffer.allocate(1024), true);
            most.accumulateAndGet(wire.pending(), Math::max);
          }
        });
    assertTrue(most.get() <= 16 * 1024, () -> most + " bytes waited");
  }

  /** The thread whose round it is may have much to do before its end. */
  @Test
  void whatMayNotWaitTakesAlongWhatWasPutOff() throws Exception {
    AtomicInteger pending = new AtomicInteger(-1);
    inOneRound(
        () -> {
          wire.write(bytes("first,"), true);
          wire.write(bytes("second"));
          pending.set(wire.pending());
        });
    assertEquals("first,second", readText(12));
    assertEquals(0, pending.get());
  }

  @Test
  void whatWaitsIsSentBeforeTheEndOfTheConnection() throws Exception {
    inOneRound(
        () -> {
          wire.write(bytes("words"), true);
          wire.closing.gently();
        });
    assertEquals("words", readText(100));
  }

  @Test
  void whatWaitsForBytesThatAreDroppedIsToldAllTheSame() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    inOneRound(
        () -> {
          wire.write(bytes("lost"), true);
          wire.whenWritten(told::countDown);
          assertEquals(1, told.getCount());
          wire.abort();
        });
    assertTrue(told.await(10, TimeUnit.SECONDS));
  }

  /** Their bytes stay here for as long as the round takes. */
  @Test
  void onlySoManyWaitForTheEndOfARound() throws Exception {
    CompletableFuture<NIOConnection> raw = new CompletableFuture<>();
    connections = raw::complete;
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      NIOConnection connection = raw.get(10, TimeUnit.SECONDS);
      SocketChannel channel = (SocketChannel) connection.getChannel();
      AtomicInteger over = new AtomicInteger();
      AtomicInteger atOnce = new AtomicInteger();
      inOneRound(
          () -> {
            // A queue each: the pieces of one connection wait once.
            for (int i = 0; i < 1000; i++)
              new OutQueue(connection, channel, new Counter(over)).write(bytes("x"), 1, true);
            atOnce.set(over.get());
          });
      assertEquals(1000, other.getInputStream().readNBytes(1000).length);
      assertTrue(atOnce.get() > 500 && atOnce.get() < 1000, atOnce + " did not wait");
    }
  }

  /** What belongs to one connection must not cost another one its place. */
  @Test
  void anActionThatFailsAtTheEndOfARoundCostsItsOwnConnectionOnly() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    Wire failing = wire;
    accepted = new CompletableFuture<>();
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      other.setSoTimeout(10_000);
      Wire healthy = accepted.get(10, TimeUnit.SECONDS);
      inOneRound(
          () -> {
            failing.write(bytes("x"), true);
            failing.whenWritten(
                () -> {
                  throw new IllegalStateException("a bug");
                });
            healthy.write(bytes("healthy"), true);
            healthy.whenWritten(second::countDown);
          });
      assertTrue(second.await(10, TimeUnit.SECONDS));
      assertEquals(
          "healthy", new String(other.getInputStream().readNBytes(7), StandardCharsets.US_ASCII));
      assertTrue(healthy.isOpen());
      assertThrows(
          IOException.class,
          () -> {
            read(1);
            read(1);
          });
    }
  }
}
