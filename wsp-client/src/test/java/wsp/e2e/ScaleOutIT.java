package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;
import wsp.testing.Ports;

/**
 * The shipped example of HAProxy in front of several servers, with the real program, and clients
 * that find the servers by a name: servers are killed, started, added and stopped under load.
 */
class ScaleOutIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration FOUND = Duration.ofSeconds(20);
  private static final String NAME = "wsp-servers.test";
  private static final int CLIENTS = 3;

  /**
   * A client gets a third of n requests, give or take a standard deviation of √(n·⅓·⅔): 10 % of
   * that third are 4.5 deviations, so this fails once in 50,000 runs by chance.
   */
  private static final int ENOUGH = 4_050;

  @TempDir Path directory;

  private final List<Daemon> servers = new ArrayList<>();
  private final List<Daemon> clients = new ArrayList<>();
  private Path hosts;
  private int port;
  private int front;
  private Process haproxy;
  private ScaleOutLoad load;

  @AfterEach
  void close() throws Exception {
    if (load != null) load.close();
    clients.forEach(Daemon::close);
    servers.forEach(Daemon::close);
    if (haproxy != null) haproxy.destroyForcibly().onExit().join();
  }

  @Test
  void serversComeAndGoBehindABalancer() throws Exception {
    Path program = ReverseProxyIT.Program.HAPROXY.find();
    assumeTrue(program != null, "haproxy is not installed: its example was not tried");
    port = Ports.free();
    for (int i = 1; i <= 3; i++) servers.add(Daemon.server(directory, server(i), "-Xmx64m"));
    names(3);
    for (int i = 1; i <= CLIENTS; i++) clients.add(client(i));
    for (Daemon s : servers) awaitClients(s);
    startBalancer(program);
    load = new ScaleOutLoad(front);

    everybodyGetsAnEqualShare();
    load.start();
    oneIsKilledAndComesBackAndOneIsAdded();
    oneIsStoppedAndNobodyNotices();
    load.close();
    load.assertNothingWrong();
  }

  private String server(int i) {
    return "---\nhost : 127.0.0.%d\nport : %d\nnotice : 5s\ntrustedproxies : [127.0.0.1]\n"
        .formatted(i, port);
  }

  private Daemon client(int i) throws IOException {
    String configuration =
        "---\nid : client-%d\ntargets :\n - dns+ws://%s:%d/register\nresolveinterval : 1s\n"
            .formatted(i, NAME, port);
    return Daemon.client(directory, configuration, "-Xmx64m", "-Djdk.net.hosts.file=" + hosts);
  }

  /** What the clients' DNS says: so many addresses. */
  private void names(int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= count; i++)
      lines.append("127.0.0.").append(i).append(' ').append(NAME).append('\n');
    hosts = Files.writeString(directory.resolve("hosts"), lines);
  }

  /** Since it was started last. */
  private static String log(Daemon server) throws IOException {
    String all = server.log();
    return all.substring(Math.max(0, all.lastIndexOf("Listening on")));
  }

  private static void awaitClients(Daemon server) {
    Await.until(
        "all clients are registered",
        SOON,
        () -> {
          String log = log(server);
          for (int i = 1; i <= CLIENTS; i++)
            if (!log.contains("Registering a connection from client-" + i)) return false;
          return true;
        });
  }

  private void startBalancer(Path program) throws Exception {
    front = Ports.free();
    String text =
        Files.readString(Path.of("..", "config", "haproxy-servers.cfg"))
            .replace("bind :8000", "bind 127.0.0.1:" + front);
    for (int i = 1; i <= 4; i++) {
      String line = "server wsp%d 10.0.0.1%d:8080".formatted(i, i);
      assertTrue(text.contains(line), line);
      text = text.replace(line, "server wsp%d 127.0.0.%d:%d".formatted(i, i, port));
    }
    Path config = Files.writeString(directory.resolve("haproxy-servers.cfg"), text);
    Path log = directory.resolve("haproxy.log");
    haproxy =
        new ProcessBuilder(program.toString(), "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Await.until(
        "HAProxy listens and has found that the fourth server is not there",
        SOON,
        () -> {
          assertTrue(haproxy.isAlive(), Files.readString(log));
          return Files.readString(log).contains("wsp4 is DOWN") && listens();
        });
  }

  private boolean listens() {
    try (Socket s = new Socket("127.0.0.1", front)) {
      return s.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void everybodyGetsAnEqualShare() throws Exception {
    load.run(ENOUGH, "/spread");
    load.assertAllRight();
    assertSpread(servers);
    assertSpread(clients);
  }

  private static void assertSpread(List<Daemon> daemons) {
    List<Long> shares = new ArrayList<>();
    Await.until(
        "the log has every request",
        SOON,
        () -> {
          shares.clear();
          for (Daemon d : daemons)
            shares.add(d.log().lines().filter(l -> l.contains("/spread/")).count());
          return shares.stream().mapToLong(n -> n).sum() >= ENOUGH;
        });
    assertEquals(ENOUGH, shares.stream().mapToLong(n -> n).sum(), "one line each: " + shares);
    double even = (double) ENOUGH / daemons.size();
    for (long n : shares) assertEquals(even, n, even / 10, "requests of each: " + shares);
  }

  private void oneIsKilledAndComesBackAndOneIsAdded() throws Exception {
    load.awaitMore(100);
    Daemon killed = servers.get(0);
    killed.signal("KILL");
    killed.exitCode(SOON);
    load.awaitMore(200);
    killed.start();
    names(4);
    // Sooner than Java's own memory of names would let them.
    for (Daemon c : clients)
      Await.until("it finds the fourth", FOUND, () -> c.log().contains("at 127.0.0.4"));
    servers.add(Daemon.server(directory, server(4), "-Xmx64m"));
    for (Daemon s : List.of(killed, servers.get(3))) {
      awaitClients(s);
      Await.until("it gets requests again", SOON, () -> log(s).contains("/load/"));
    }
  }

  private void oneIsStoppedAndNobodyNotices() throws Exception {
    load.awaitCalm(200);
    long failed = load.failed();
    Daemon stopped = servers.get(1);
    stopped.signal("TERM");
    int code = stopped.exitCode(SOON);
    assertTrue(Set.of(0, 143).contains(code), "exit code " + code);
    load.awaitMore(200);
    assertEquals(failed, load.failed(), load.failures());
  }
}
