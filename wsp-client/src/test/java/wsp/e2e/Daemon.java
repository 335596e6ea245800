package wsp.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import wsp.testing.Await;

/** One of the two jars, run as a user runs it. */
public final class Daemon implements AutoCloseable {
  /** The java that runs the jars: the one of the tests, or the one that a build names. */
  private static final String JAVA =
      Optional.ofNullable(System.getProperty("wsp.e2e.java"))
          .filter(s -> !s.isEmpty())
          .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());

  /** Options of every JVM that runs them, which a build may name. */
  private static final List<String> OPTIONS =
      Stream.of(System.getProperty("wsp.e2e.jvm", "").split(" "))
          .filter(s -> !s.isEmpty())
          .toList();

  private static final Duration START = Duration.ofSeconds(20);

  /** The option of one whose classes are recorded. */
  static final String RECORDS = "-XX:ArchiveClassesAtExit=";

  private final String name;
  private final Path config;
  private final Path log;
  private final List<String> options;

  /** What runs the java that runs the jar. */
  private final List<String> shell;

  private Process process;

  private Daemon(String name, Path directory, String configuration, List<String> options)
      throws IOException {
    this(name, directory, configuration, options, List.of());
  }

  private Daemon(
      String name, Path directory, String configuration, List<String> options, List<String> shell)
      throws IOException {
    this.name = name;
    config = Files.createTempFile(directory, name, ".cfg");
    log = Files.createTempFile(directory, name, ".log");
    this.options = options;
    this.shell = shell;
    Files.writeString(config, configuration);
    start();
  }

  static Daemon server(Path directory, String configuration, String... options) throws IOException {
    return listening(new Daemon("wsp-server", directory, configuration, List.of(options)));
  }

  private static Daemon listening(Daemon d) throws IOException {
    Await.until(
        "the server listens: " + d.log(),
        START,
        () -> !d.alive() || d.log().contains("Listening on"));
    return d;
  }

  static Daemon client(Path directory, String configuration, String... options) throws IOException {
    return new Daemon("wsp-client", directory, configuration, List.of(options));
  }

  /** A server that may have so many file descriptors. */
  static Daemon server(int descriptors, Path directory, String configuration) throws IOException {
    List<String> shell = limited(descriptors);
    return listening(new Daemon("wsp-server", directory, configuration, List.of(), shell));
  }

  /** A client that may have so many file descriptors. */
  static Daemon client(int descriptors, Path directory, String configuration) throws IOException {
    List<String> shell = limited(descriptors);
    return new Daemon("wsp-client", directory, configuration, List.of(), shell);
  }

  private static List<String> limited(int descriptors) {
    return List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh");
  }

  /** One of the two, which is not waited for. */
  public static Daemon unawaited(
      String name, Path directory, String configuration, String... options) throws IOException {
    return new Daemon(name, directory, configuration, List.of(options));
  }

  /** Runs it; again, if it has ended. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.add(JAVA);
    command.addAll(OPTIONS);
    command.addAll(options);
    if (options.stream().noneMatch(o -> o.startsWith(RECORDS)))
      command.addAll(ClassArchive.options(name));
    String jar = ClassArchive.jar(name).toString();
    command.addAll(List.of("-jar", jar, "-config", config.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
  }

  /** Puts another configuration into its file, at one stroke. */
  void configure(String configuration) throws IOException {
    Path next = config.resolveSibling(config.getFileName() + ".next");
    Files.writeString(next, configuration);
    Files.move(next, config, StandardCopyOption.REPLACE_EXISTING);
  }

  public boolean alive() {
    return process.isAlive();
  }

  public String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** The port that the server says it listens on. */
  int port() throws IOException {
    String text = log();
    String rest = text.substring(text.lastIndexOf("Listening on "));
    int start = rest.indexOf(':') + 1;
    int end = start;
    while (Character.isDigit(rest.charAt(end))) end++;
    return Integer.parseInt(rest.substring(start, end));
  }

  public void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .onExit()
        .join();
  }

  /** The exit code; fails if it takes longer. */
  public int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
      throw new AssertionError("it runs on after " + limit);
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  /** The java that runs it; its tools are beside it. */
  public static Path java() {
    return Path.of(JAVA);
  }

  /** Threads of the process. */
  public long threads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return tasks.count();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
