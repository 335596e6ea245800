package wsp.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import wsp.e2e.Daemon;
import wsp.testing.Await;

/** A daemon that is made to break, and what its callers must know of that. Safe for all threads. */
final class Member implements LoadCaller.Target, AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  /** What was on its way when it came back. */
  private static final long SLACK_NANOS = 500_000_000;

  private final String name;
  private final int port;
  private final Daemon daemon;
  private final AtomicBoolean faulty = new AtomicBoolean();
  private volatile boolean down;
  private volatile long upSince;

  private Member(String name, int port, Daemon daemon) {
    this.name = name;
    this.port = port;
    this.daemon = daemon;
    this.upSince = System.nanoTime() - 2 * SLACK_NANOS;
  }

  static Member server(Path directory, String name, int port, String configuration)
      throws IOException {
    Daemon d = Daemon.unawaited("wsp-server", directory, configuration, Fleet.JVM);
    Member m = new Member(name, port, d);
    m.awaitUp();
    return m;
  }

  static Member client(Path directory, String name, String configuration) throws IOException {
    return new Member(name, 0, Daemon.unawaited("wsp-client", directory, configuration, Fleet.JVM));
  }

  @Override
  public String name() {
    return name;
  }

  /** Where a server listens; 0 for a client. */
  @Override
  public int port() {
    return port;
  }

  Daemon daemon() {
    return daemon;
  }

  /** Takes it for one fault at a time; false if it has one. */
  boolean take() {
    return faulty.compareAndSet(false, true);
  }

  void give() {
    faulty.set(false);
  }

  boolean faulty() {
    return faulty.get();
  }

  @Override
  public boolean wasDown(long since) {
    return down || upSince + SLACK_NANOS - since > 0;
  }

  /** From now on callers may be refused and cut. */
  void goesDown() {
    down = true;
  }

  void kill() throws IOException, InterruptedException {
    goesDown();
    daemon.signal("KILL");
    daemon.exitCode(START);
  }

  /** Tells it to stop; the code it ends with. */
  int stop(Duration limit) throws IOException, InterruptedException {
    goesDown();
    daemon.signal("TERM");
    return daemon.exitCode(limit);
  }

  void restart() throws IOException {
    daemon.start();
    if (port != 0) awaitUp();
    upSince = System.nanoTime();
    down = false;
  }

  private void awaitUp() {
    Await.until(name + " answers /status", START, () -> daemon.alive() && status() == 200);
  }

  /** What it answers to /status; 0 if nothing. */
  int status() {
    try (HttpSocket s = HttpSocket.connect(port)) {
      s.write("GET /status HTTP/1.1\r\nHost: wsp.test\r\n\r\n");
      Head head = s.head();
      return head == null ? 0 : head.status();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    daemon.close();
  }
}
