package wsp.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** One of the two jars, run as a user runs it: plain {@code java -jar}, its log in a file. */
final class Daemon implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final String LISTENING = "Listening on ";

  private final Path config;
  private final Path log;
  private final Process process;
  private boolean filesAreKept;

  private Daemon(Path jar, Path directory, String configuration) throws IOException {
    config = Files.createTempFile(directory, String.valueOf(jar.getFileName()), ".cfg");
    Files.writeString(config, configuration);
    log = Path.of(config + ".log");
    process =
        new ProcessBuilder(java(), "-jar", jar.toString(), "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
  }

  /** Returns once it listens. */
  static Daemon server(Path jar, Path directory, String configuration) throws Exception {
    Daemon daemon = new Daemon(jar, directory, configuration);
    Await.until(
        "the server listens; see " + daemon.log,
        START,
        () -> !daemon.alive() || daemon.log().contains(LISTENING));
    daemon.checkAlive();
    return daemon;
  }

  static Daemon client(Path jar, Path directory, String configuration) throws IOException {
    return new Daemon(jar, directory, configuration);
  }

  /** The java of this run. */
  static String java() {
    return Path.of(
            Objects.requireNonNull(System.getProperty("java.home")),
            "bin" + File.separator + "java")
        .toString();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  void checkAlive() {
    if (!alive()) throw new IllegalStateException("a daemon ended; see " + log);
  }

  private String log() throws IOException {
    return Files.readString(log);
  }

  /** The port that a server says it listens on. */
  int port() throws IOException {
    String text = log();
    String rest = text.substring(text.indexOf(LISTENING));
    return Integer.parseInt(rest.substring(rest.indexOf(':') + 1, rest.indexOf('\n')).strip());
  }

  /** Sockets, files and the like that it has open. */
  long descriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return files.count();
    }
  }

  /** Its configuration and log are wanted after its end. */
  void keepFiles() {
    filesAreKept = true;
    System.out.println("  see " + log);
  }

  /** Ends it. A log has a line for every request, so it is not kept without need. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    if (filesAreKept) return;
    Files.deleteIfExists(log);
    Files.deleteIfExists(config);
  }
}
