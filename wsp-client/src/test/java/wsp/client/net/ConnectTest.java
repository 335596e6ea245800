package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.process.Threads;
import wsp.testing.Await;

class ConnectTest {
  @AutoClose("shutdownNow")
  private final ScheduledExecutorService timer = Threads.timer("test-timer");

  private final CompletableFuture<IOSession> attempt = new CompletableFuture<>();
  private final Connect connect = new Connect(attempt, timer);

  @Test
  void whatIsCancelledAsSoonAsItBeginsIsCancelledInTheEnd() {
    assertTrue(connect.cancel(true));
    Await.until("the attempt is cancelled", attempt::isCancelled);
  }

  @Test
  void withoutATimerItIsCancelledAtOnce() {
    timer.shutdownNow();
    assertTrue(connect.cancel(true));
    assertTrue(attempt.isCancelled());
  }
}
