package wsp.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WspServerTest {
  @Test
  void maintenanceGoesOnAfterAnErrorOfAnyKind() throws Exception {
    try (RunningServer server = new RunningServer()) {
      AtomicInteger runs = new AtomicInteger();
      server.server.everySecond(
          () -> {
            if (runs.incrementAndGet() == 1) throw new StackOverflowError("once");
          });
      Await.until("it runs again", () -> runs.get() > 1);
    }
  }
}
