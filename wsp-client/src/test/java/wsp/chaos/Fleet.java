package wsp.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import wsp.testing.Await;
import wsp.testing.Ports;

/** Servers, clients that are registered with each of them, and a network between each two. */
final class Fleet implements AutoCloseable {
  static final String[] JVM = {"-Xmx128m"};
  static final int IDLE = 5;

  private static final Duration READY = Duration.ofSeconds(30);

  private final Path directory;
  private final List<Member> servers = new ArrayList<>();
  private final List<Member> clients = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();

  /**
   * @param relayed whether connections of clients go through a {@link Relay}
   * @param serverLines more of the servers' configuration
   * @param clientLines more of the configuration of each client
   */
  Fleet(Path directory, int servers, boolean relayed, String serverLines, List<String> clientLines)
      throws IOException {
    this.directory = Files.createDirectories(directory);
    for (int i = 1; i <= servers; i++) {
      // It must be known before it starts, and be the same when it starts again.
      int port = Ports.free();
      String lines = "---\nport : " + port + "\nloglevel : warn\n" + serverLines;
      this.servers.add(Member.server(directory, "server " + i, port, lines));
    }
    for (int i = 1; i <= clientLines.size(); i++) {
      StringBuilder lines = new StringBuilder("---\nloglevel : warn\ntargets :\n");
      for (Member server : this.servers) {
        int port = server.port();
        if (relayed) {
          relays.add(new Relay(port));
          port = relays.get(relays.size() - 1).port();
        }
        lines.append(" - ws://127.0.0.1:").append(port).append("/register\n");
      }
      lines.append("poolidlesize : ").append(IDLE).append('\n').append(clientLines.get(i - 1));
      this.clients.add(Member.client(directory, "client " + i, lines.toString()));
    }
  }

  List<Member> servers() {
    return servers;
  }

  List<Member> clients() {
    return clients;
  }

  List<Relay> relays() {
    return relays;
  }

  List<Member> all() {
    return Stream.concat(servers.stream(), clients.stream()).toList();
  }

  /** Waits until each client has its idle connections to each server again. */
  void awaitRegistered() {
    Await.until(
        "each client has its connections to each server",
        READY,
        () -> relays.stream().allMatch(r -> r.connections() >= IDLE));
  }

  /** Lines of all logs in which there is a stack trace or an error. */
  List<String> logFaults() throws IOException {
    List<String> found = new ArrayList<>();
    for (Member m : all()) {
      m.daemon()
          .log()
          .lines()
          .filter(l -> l.startsWith("\tat ") || l.startsWith("Caused by") || l.contains(" ERROR "))
          .map(l -> m.name() + ": " + l)
          .limit(20)
          .forEach(found::add);
    }
    return found;
  }

  /** Where the logs are. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    for (Relay r : relays) r.close();
    all().forEach(Member::close);
  }
}
