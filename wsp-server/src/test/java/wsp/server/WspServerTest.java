package wsp.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.config.Reloader;
import wsp.testing.Await;

class WspServerTest {
  @Test
  void maintenanceGoesOnAfterAnErrorOfAnyKind(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("test.cfg"), "port: 0");
    AtomicInteger runs = new AtomicInteger();
    Reloader<ServerConfig> failing =
        new Reloader<>(
            file,
            f -> {
              if (runs.incrementAndGet() == 2) throw new StackOverflowError("once");
              return ServerConfig.of(f);
            },
            ServerConfig::effective,
            ServerConfig::isLive);
    try (WspServer server = new WspServer(failing.current())) {
      server.watch(failing);
      server.start();
      failing.request();
      Await.until("it fails", () -> runs.get() == 2);
      failing.request();
      Await.until("it runs again", () -> runs.get() > 2);
    }
  }
}
