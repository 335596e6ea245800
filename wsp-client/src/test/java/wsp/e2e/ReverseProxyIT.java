package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;
import wsp.testing.Ports;

/** The shipped examples of a reverse proxy in front of the server, with the real programs. */
class ReverseProxyIT {
  private static final Duration READY = Duration.ofSeconds(20);
  private static final String KEY = "X-PROXY-AUTHORIZATION: Bearer CallerKey";

  enum Program {
    NGINX("nginx", "nginx.conf", "listen 8000"),
    HAPROXY("haproxy", "haproxy.cfg", "bind :8000");

    final String name;
    final String example;
    final String listen;

    Program(String name, String example, String listen) {
      this.name = name;
      this.example = example;
      this.listen = listen;
    }

    /** The program, here where administrators have it but not every user's PATH does. */
    Path find() {
      Stream<String> path = Stream.of(System.getenv("PATH").split(File.pathSeparator));
      return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
          .map(d -> Path.of(d, name))
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(null);
    }

    List<String> command(Path program, Path config, Path directory) {
      return this == NGINX
          ? List.of(
              program.toString(),
              "-p",
              directory.toString(),
              "-c",
              config.toString(),
              "-g",
              "daemon off;")
          : List.of(program.toString(), "-db", "-f", config.toString());
    }
  }

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void callersAndClientsComeThroughIt(Program program) throws Exception {
    Path path = program.find();
    assumeTrue(path != null, program.name + " is not installed: its example was not tried");
    String server =
        """
        ---
        port : 0
        secretkey : RegisterKey
        callers : [{name: tester, key: CallerKey}]
        trustedproxies : [127.0.0.1]
        """;
    try (Origin origin = new Origin().on("/ok", r -> r.reply(200, "ok"));
        Daemon wsp = Daemon.server(directory, server)) {
      int port = Ports.free();
      Process proxy = start(program, path, port, wsp.port());
      try (Daemon client =
          Daemon.client(directory, Tunnel.clientConfig(port, "secretkey : RegisterKey\n"))) {
        Await.until(
            "a request goes through " + program.name,
            READY,
            () -> Caller.get(port, origin.url("/ok"), KEY).toString().equals("200 ok"));
        Await.until("it is logged", READY, () -> client.log().contains("127.0.0.1:" + port));
        assertTrue(client.log().contains(", wire 2"), "the subprotocol comes through");
        assertEquals(407, Caller.get(port, origin.url("/ok")).status);
        bodiesCross(origin, port);
        eventsArriveOneByOne(origin, port);
        itsWordOnTheCallerCounts(origin, port, wsp);
      } finally {
        proxy.destroy();
        proxy.onExit().join();
      }
    }
  }

  private Process start(Program program, Path path, int port, int to) throws Exception {
    String listen = program.listen.replace("8000", Integer.toString(port));
    String text =
        Files.readString(Path.of("..", "config", program.example))
            .replace(program.listen, listen)
            .replace("127.0.0.1:8080", "127.0.0.1:" + to);
    // Where nobody but root may write by default.
    for (String temporary : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
      text =
          text.replace(
              "http {\n", "http {\n  %s_temp_path tmp_%s;\n".formatted(temporary, temporary));
    Path config = Files.writeString(directory.resolve(program.example), text);
    Process proxy =
        new ProcessBuilder(program.command(path, config, directory))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(program.name + ".log").toFile())
            .start();
    Await.until(
        program.name + " listens",
        READY,
        () -> {
          assertTrue(proxy.isAlive(), Files.readString(directory.resolve(program.name + ".log")));
          try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return s.isConnected();
          } catch (IOException e) {
            return false;
          }
        });
    return proxy;
  }

  private static void bodiesCross(Origin origin, int port) throws IOException {
    byte[] body = new byte[3 << 20];
    new Random(1).nextBytes(body);
    origin.on(
        "/echo",
        r -> {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          r.body((b, n) -> all.write(b, 0, n));
          r.send("HTTP/1.1 200 OK\r\nContent-Length: " + all.size() + "\r\n\r\n");
          all.writeTo(r.out);
        });
    Caller.Answer a = Caller.call(port, "POST", origin.url("/echo"), body, KEY);
    assertTrue(a.complete);
    assertArrayEquals(body, a.body);
  }

  private static void eventsArriveOneByOne(Origin origin, int port) throws Exception {
    SynchronousQueue<String> turn = new SynchronousQueue<>();
    origin.on(
        "/events",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
          r.send("Transfer-Encoding: chunked\r\n\r\n");
          try {
            for (int i = 0; i < 5; i++) r.sendChunk(turn.take());
            r.sendChunk("");
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    try (Caller c = new Caller(port)) {
      c.head("GET", origin.url("/events"), KEY);
      StringBuilder got = new StringBuilder();
      assertTrue(turn.offer("event 0;", 10, TimeUnit.SECONDS));
      Caller.Answer head = c.answerHead();
      assertEquals(200, head.status);
      int[] next = {1};
      boolean complete =
          c.readBody(
              "GET",
              head,
              (bytes, n) -> {
                got.append(new String(bytes, 0, n));
                offerNext(turn, next);
              });
      assertTrue(complete);
      assertEquals("event 0;event 1;event 2;event 3;event 4;", got.toString());
    }
  }

  /** The next event is sent only when the one before has arrived. */
  private static void offerNext(SynchronousQueue<String> turn, int[] next) throws IOException {
    try {
      if (next[0] < 5)
        assertTrue(turn.offer("event " + next[0]++ + ";", 10, TimeUnit.SECONDS), "it is held back");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void itsWordOnTheCallerCounts(Origin origin, int port, Daemon wsp)
      throws IOException {
    Caller.Answer a =
        Caller.get(
            port, origin.url("/ok?way"), KEY, "X-Forwarded-For: 6.6.6.6", "Forwarded: for=6");
    assertEquals(200, a.status);
    String seen = origin.seen("?way").get(0).headerLines.toString().toLowerCase(Locale.ROOT);
    assertTrue(seen.contains("x-forwarded-for: 127.0.0.1"), seen);
    assertTrue(seen.contains("x-forwarded-proto: http"), seen);
    assertFalse(seen.contains("6.6.6.6") || seen.contains("for=6"), seen);
    assertFalse(seen.contains("callerkey"), seen);
    assertEquals(526, Caller.call(port, "GET", "ftp://x", null, KEY).status);
    Await.until(
        "it is logged", READY, () -> wsp.log().contains("from 127.0.0.1 through 127.0.0.1:"));
  }
}
