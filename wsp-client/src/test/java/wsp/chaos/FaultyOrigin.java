package wsp.chaos;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import wsp.testing.Await;

/**
 * An origin that does with each request what its {@link Kind} says, and knows what must not come. A
 * thread for each connection.
 */
final class FaultyOrigin implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final int PIECE = 1 << 15;

  private static final List<String> GARBAGE =
      List.of(
          "BLAH BLAH\r\n\r\n",
          "HTTP/1.1 abc OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
          "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX: " + "q".repeat(300_000) + "\r\n\r\n");

  private final Tally tally;
  private final ServerSocket listener;
  private final AtomicInteger running = new AtomicInteger();

  FaultyOrigin(Tally tally) throws IOException {
    this.tally = tally;
    listener = new ServerSocket(0, 2000, InetAddress.getLoopbackAddress());
    Threads.start("origin", this::accept);
  }

  String url(String target) {
    return "http://127.0.0.1:" + listener.getLocalPort() + target;
  }

  /** Requests that it is busy with. */
  int running() {
    return running.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket s = listener.accept();
        Threads.start("origin-connection", () -> serve(s));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket accepted) {
    try (HttpSocket socket = new HttpSocket(accepted)) {
      for (Head head = socket.head(); head != null; head = socket.head()) {
        running.incrementAndGet();
        try {
          play(socket, head);
        } finally {
          running.decrementAndGet();
        }
      }
    } catch (HttpSocket.MalformedException e) {
      tally.wrong("the origin was sent what is not HTTP: " + e.getMessage());
    } catch (IOException e) {
      // It has left, or was left.
    } catch (RuntimeException e) {
      tally.wrong("the origin was sent nonsense: " + e);
    }
  }

  private void play(HttpSocket s, Head head) throws IOException {
    Task task = Task.parse(head.target());
    tally.executed(task);
    switch (task.kind()) {
      case DENIED_BY_SERVER, DENIED_BY_CLIENT ->
          tally.wrong("a denied request came to the origin: " + task);
      case CLOSED_BEFORE_HEAD -> s.close();
      case RESET_BEFORE_HEAD -> s.reset();
      case NO_ANSWER, CALLER_LEAVES_BEFORE_HEAD -> s.awaitGone();
      case GARBAGE -> {
        s.write(GARBAGE.get((int) (task.id() % GARBAGE.size())));
        s.close();
      }
      case CUT_LENGTH, CUT_CHUNKED, CUT_BY_RESET, CUT_WITHOUT_FRAMING -> cut(s, task);
      case TUNNEL, UPGRADE, CUT_TUNNEL -> bytes(s, task);
      case EARLY_ANSWER -> {
        answer(s, head, task);
        upload(s, head, task);
      }
      case SLOW_ORIGIN -> {
        pause(50, 1200);
        slowly(s, task);
      }
      default -> {
        upload(s, head, task);
        answer(s, head, task);
      }
    }
  }

  /** The last byte goes out once all of the caller's are here, so that its caller knows of both. */
  private void bytes(HttpSocket s, Task task) throws IOException {
    s.write(
        task.kind() == Kind.UPGRADE
            ? "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Id: "
                + task.id()
                + "\r\n\r\n"
            : head(task, ""));
    if (task.kind() == Kind.CUT_TUNNEL) {
      byte[] half = Payload.of(task.answerId(), task.down() / 2);
      s.write(half, half.length);
      s.reset();
      throw new EOFException("reset by script");
    }
    int last = task.down() - 1;
    BothWays bytes = new BothWays(s, task.answerId(), last, false, task.id());
    bytes.run();
    if (bytes.wrong() || bytes.taken() > task.up())
      tally.wrong("the origin got wrong bytes before " + bytes.taken() + " of " + task);
    // Where a client was killed, the half that its caller has not closed ends too.
    if (!bytes.ended() || bytes.taken() != task.up()) s.reset();
    byte[] end = new byte[1];
    Payload.fill(task.answerId(), last, end, 0, 1);
    s.write(end, 1);
    s.close();
  }

  private void upload(HttpSocket s, Head head, Task task) throws IOException {
    long[] got = new long[1];
    s.body(
        head,
        false,
        (bytes, from, n) -> {
          if (!Payload.matches(task.id(), got[0], bytes, from, n))
            tally.wrong("the origin got wrong bytes at " + got[0] + " of " + task);
          got[0] += n;
        });
    if (got[0] != task.up()) tally.wrong("the origin got " + got[0] + " bytes of " + task);
    if (task.kind() == Kind.CALLER_CUTS_UPLOAD)
      tally.wrong("a cut upload came to the origin as a whole one: " + task);
  }

  private static String head(Task task, String framing) {
    return "HTTP/1.1 200 OK\r\nX-Id: " + task.id() + "\r\n" + framing + "\r\n";
  }

  private static void answer(HttpSocket s, Head request, Task task) throws IOException {
    if (request.method().equals("HEAD")) {
      s.write(head(task, "Content-Length: " + task.down() + "\r\n"), NOTHING);
    } else if (task.down() > PIECE || task.id() % 4 == 0) {
      s.write(head(task, "Transfer-Encoding: chunked\r\n"), NOTHING);
      chunks(s, task, task.down());
      s.write("0\r\n\r\n");
    } else {
      s.write(
          head(task, "Content-Length: " + task.down() + "\r\n"),
          Payload.of(task.answerId(), task.down()));
    }
  }

  private static void chunks(HttpSocket s, Task task, int upTo) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int at = 0; at < upTo; at += PIECE) {
      int n = Math.min(PIECE, upTo - at);
      Payload.fill(task.answerId(), at, piece, 0, n);
      s.chunk(piece, n);
    }
  }

  private static void slowly(HttpSocket s, Task task) throws IOException {
    s.write(head(task, "Transfer-Encoding: chunked\r\n"), NOTHING);
    int step = Math.max(1, task.down() / 8);
    byte[] piece = new byte[step];
    for (int at = 0; at < task.down(); at += step) {
      int n = Math.min(step, task.down() - at);
      Payload.fill(task.answerId(), at, piece, 0, n);
      s.chunk(piece, n);
      pause(10, 100);
    }
    s.write("0\r\n\r\n");
  }

  private static void cut(HttpSocket s, Task task) throws IOException {
    byte[] half = Payload.of(task.answerId(), task.down() / 2);
    switch (task.kind()) {
      case CUT_LENGTH -> s.write(head(task, "Content-Length: " + task.down() + "\r\n"), half);
      case CUT_WITHOUT_FRAMING -> s.write(head(task, ""), half);
      default -> {
        s.write(head(task, "Transfer-Encoding: chunked\r\n"), NOTHING);
        s.chunk(half, half.length);
      }
    }
    boolean reset = task.kind() == Kind.CUT_BY_RESET || task.kind() == Kind.CUT_WITHOUT_FRAMING;
    // A reset takes along what was not read yet: the head may be lost as well, which is a failure.
    if (reset) s.reset();
    throw new EOFException("cut by script");
  }

  private static void pause(int fromMillis, int toMillis) {
    long millis = ThreadLocalRandom.current().nextInt(fromMillis, toMillis);
    Await.pace(millis * 1_000_000);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
