package wsp.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wsp.testing.Await;

/**
 * The classes of both daemons as the JVM maps them: some hundred starts of them in these tests take
 * half as much CPU. Made once for each pair of jars, by the first process of tests that needs it;
 * the others wait.
 */
final class ClassArchive {
  private static final Path DIRECTORY = Path.of("target", "class-archives");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> NAMES = List.of("wsp-server", "wsp-client");

  private ClassArchive() {}

  /** What a JVM that runs this daemon is told. */
  static synchronized List<String> options(String name) throws IOException {
    Path archive = archive(name);
    if (!Files.exists(archive)) make();
    return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  static Path jar(String name) {
    return Path.of("..", name, "target", name + ".jar").toAbsolutePath().normalize();
  }

  /** One for each state of the jars, and each java. */
  private static Path archive(String name) throws IOException {
    List<Object> of = new ArrayList<>(List.of(Daemon.java()));
    for (String each : NAMES) of.add(Files.getLastModifiedTime(jar(each)));
    return DIRECTORY.resolve(name + "-" + Integer.toHexString(of.hashCode()) + ".jsa");
  }

  private static void make() throws IOException {
    Files.createDirectories(DIRECTORY);
    try (FileChannel channel =
            FileChannel.open(
                DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(archive(NAMES.get(1)))) record();
    }
  }

  /** One request goes through a pair, which ends in order and leaves what it has loaded. */
  private static void record() throws IOException {
    Path directory = Files.createTempDirectory(DIRECTORY, "made");
    List<Path> made = new ArrayList<>();
    for (String name : NAMES) made.add(directory.resolve(name + ".jsa").toAbsolutePath());
    try (Daemon server =
        Daemon.server(directory, "host : 127.0.0.1\nport : 0\n", recorded(made.get(0)))) {
      String targets = "targets :\n  - ws://127.0.0.1:" + server.port() + "/register\n";
      try (Daemon client = Daemon.client(directory, targets, recorded(made.get(1)))) {
        String status = "http://127.0.0.1:" + server.port() + "/status";
        Await.until("a request goes through", SOON, () -> passes(server.port(), status));
        end(client);
      }
      end(server);
    }
    for (int i = 0; i < made.size(); i++)
      Files.move(made.get(i), archive(NAMES.get(i)), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String recorded(Path archive) {
    return Daemon.RECORDS + archive;
  }

  private static boolean passes(int port, String url) {
    try (Caller c = new Caller(port)) {
      c.head("GET", url);
      return c.answer("GET").status == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Daemon daemon) throws IOException {
    daemon.signal("TERM");
    try {
      if (daemon.exitCode(SOON) != 0) throw new AssertionError(daemon.log());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
