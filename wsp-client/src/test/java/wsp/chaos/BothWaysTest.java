package wsp.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;

/** What carries bytes both ways is found out if it lies. */
class BothWaysTest extends LoadStage {
  private static final int BYTES = 100_000;

  /** What it does, and what that is to be called. */
  enum Carrier {
    HONEST(Outcome.RIGHT, 0),
    CHANGES_A_BYTE_DOWN(Outcome.WRONG, 1),
    /** The origin finds it, and resets. */
    CHANGES_A_BYTE_UP(Outcome.ABORT, 1),
    ENDS_EARLY(Outcome.WRONG, 1),
    RESETS(Outcome.ABORT, 0);

    final Outcome expected;
    final int wrong;

    Carrier(Outcome expected, int wrong) {
      this.expected = expected;
      this.wrong = wrong;
    }

    /** True where this piece is the last one. */
    boolean carry(HttpSocket to, byte[] piece, long before, boolean down) throws IOException {
      boolean middle = before <= BYTES / 2 && before + piece.length > BYTES / 2;
      if (middle && this == (down ? CHANGES_A_BYTE_DOWN : CHANGES_A_BYTE_UP)) piece[0] ^= 1;
      boolean stops = middle && down && (this == ENDS_EARLY || this == RESETS);
      if (stops && this == RESETS) to.reset();
      else to.write(piece, piece.length);
      return stops;
    }
  }

  private void serve(Carrier carrier) {
    try (HttpSocket caller = new HttpSocket(listener.accept())) {
      String url = caller.head().field("X-PROXY-DESTINATION");
      int port = Integer.parseInt(url.split("[:/]")[4]);
      try (HttpSocket to = HttpSocket.connect(port)) {
        to.write("GET " + url.substring(url.indexOf('/', 8)) + " HTTP/1.1\r\n\r\n");
        caller.write(to.head().text() + "\r\n");
        Thread up = Threads.start("up", () -> pump(carrier, caller, to, false));
        pump(carrier, to, caller, true);
        up.join();
      }
    } catch (IOException | InterruptedException e) {
      // The caller judges it.
    }
  }

  private static void pump(Carrier carrier, HttpSocket from, HttpSocket to, boolean down) {
    long[] before = new long[1];
    try {
      from.body(
          new Head("\r\n"),
          true,
          (bytes, at, n) -> {
            byte[] piece = Arrays.copyOfRange(bytes, at, at + n);
            boolean stops = carrier.carry(to, piece, before[0], down);
            before[0] += n;
            if (stops) throw new java.io.EOFException("carries no more");
          });
      to.endOutput();
    } catch (java.io.EOFException e) {
      end(to);
    } catch (IOException e) {
      reset(to);
    }
  }

  private static void end(HttpSocket s) {
    try {
      s.endOutput();
    } catch (IOException e) {
      // It was reset.
    }
  }

  private static void reset(HttpSocket s) {
    try {
      s.reset();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatComesOfItIsCalledWhatItIs(Carrier carrier) {
    Threads.start("server", () -> serve(carrier));
    try (LoadCaller caller = caller(false)) {
      Task task = new Task(1, Kind.UPGRADE, BYTES, BYTES);
      assertEquals(carrier.expected, caller.call(task, 0), tally.problems().toString());
    }
    // The origin may find it a moment after the caller is told.
    Await.until("it is counted", () -> tally.wrong() >= carrier.wrong);
    assertEquals(carrier.wrong, tally.wrong(), tally.problems().toString());
  }
}
