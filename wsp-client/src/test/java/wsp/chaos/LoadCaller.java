package wsp.chaos;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import wsp.testing.Await;

/**
 * A caller that sends one request after the other, keeps connections, and judges what comes of
 * each. For one thread, but for {@link #checkHang}.
 */
final class LoadCaller implements AutoCloseable {
  /** A request that takes longer hangs: more than all freezes and limits of the run together. */
  private static final long HANG_NANOS = 40_000_000_000L;

  /** So that a server that is down does not get the most requests. */
  private static final long REFUSED_PAUSE_NANOS = 200_000_000;

  private final List<? extends Target> servers;
  private final Asking asking;
  private final Tally tally;
  private final Random random;

  /** Whether nothing but what the {@link Kind} says may break. */
  private final boolean strict;

  private final HttpSocket[] kept;
  private final long[] keptSince;

  private volatile HttpSocket current;
  private volatile long begun;
  private volatile boolean hung;

  /** What callers know of a server. */
  interface Target {
    String name();

    int port();

    /** Whether a connection that began then may have met it while it was down; nanoTime. */
    boolean wasDown(long since);
  }

  LoadCaller(
      List<? extends Target> servers,
      FaultyOrigin origin,
      Tally tally,
      Random random,
      boolean strict) {
    this.servers = servers;
    this.asking = new Asking(origin);
    this.tally = tally;
    this.random = random;
    this.strict = strict;
    kept = new HttpSocket[servers.size()];
    keptSince = new long[kept.length];
  }

  /** The judgement of a request, with its reason if it is wrong. */
  private static final class WrongException extends Exception {
    private static final long serialVersionUID = 1;

    WrongException(String why) {
      super(why);
    }
  }

  /** Breaks off the request that runs if it takes too long; from any thread. */
  void checkHang() {
    HttpSocket s = current;
    if (s == null || System.nanoTime() - begun < HANG_NANOS) return;
    hung = true;
    close(s);
  }

  /** Sends it to this server, and counts what came of it. */
  Outcome call(Task task, int server) {
    Outcome outcome;
    begun = System.nanoTime();
    hung = false;
    try {
      outcome = performed(task, server);
      if (hung) throw new WrongException("it hung");
      if (strict) checkStrictly(task, outcome);
    } catch (WrongException e) {
      long millis = (System.nanoTime() - begun) / 1_000_000;
      String who = servers.get(server).name();
      tally.wrong(e.getMessage() + ": " + task + " to " + who + " after " + millis + " ms");
      outcome = Outcome.WRONG;
      if (current != null) close(current);
    } finally {
      current = null;
    }
    if (outcome == Outcome.WRONG) drop(server);
    tally.outcome(task.kind(), outcome);
    return outcome;
  }

  private static void checkStrictly(Task task, Outcome outcome) throws WrongException {
    boolean fine =
        switch (task.kind().may) {
          case ANSWER -> outcome == Outcome.RIGHT;
          // A reset may take the head along, the origin's as well as the client's.
          case ABORT ->
              outcome == Outcome.ABORT
                  || outcome == Outcome.ERROR_526
                  || outcome == Outcome.ERROR_527;
          case FAIL -> outcome == Outcome.ERROR_526 || outcome == Outcome.ERROR_527;
          case LEAVE -> outcome == Outcome.LEFT;
        };
    if (!fine) throw new WrongException(outcome + " where nothing else breaks");
  }

  private Outcome performed(Task task, int server) throws WrongException {
    try {
      return perform(task, server);
    } catch (RuntimeException e) {
      throw new WrongException("nonsense: " + e);
    }
  }

  private Outcome perform(Task task, int server) throws WrongException {
    dropStale(server);
    boolean again = kept[server] != null;
    HttpSocket s;
    try {
      s = again ? kept[server] : HttpSocket.connect(servers.get(server).port());
    } catch (IOException e) {
      // One that is killed between the steps of a handshake does not refuse it, but resets it.
      if (down(server, begun)) {
        Await.pace(REFUSED_PAUSE_NANOS);
        return Outcome.REFUSED;
      }
      throw new WrongException("cannot connect: " + e);
    }
    current = s;
    kept[server] = null;
    long since = again ? keptSince[server] : begun;
    Head head;
    try {
      boolean sent = asking.send(s, task);
      if (task.kind() == Kind.CALLER_CUTS_UPLOAD || task.kind() == Kind.CALLER_LEAVES_BEFORE_HEAD)
        return leave(s);
      head = s.head();
      if (head == null) throw new EOFException(sent ? "no answer" : "not even taken");
    } catch (HttpSocket.MalformedException e) {
      throw new WrongException("no HTTP: " + e.getMessage());
    } catch (IOException e) {
      close(s);
      if (hung) throw new WrongException("it hung before the head");
      if (down(server, since)) return Outcome.SERVER_LOST;
      throw new WrongException((again ? "again: " : "") + "no answer: " + e);
    }
    int opens = task.kind() == Kind.UPGRADE ? 101 : 200;
    if (task.kind().isRaw() && head.status() == opens) return bytes(s, task, head, since, server);
    return answer(s, task, head, server);
  }

  private boolean down(int server, long since) {
    return servers.get(server).wasDown(since);
  }

  private Outcome leave(HttpSocket s) {
    Await.pace(random.nextInt(strict ? 2_000_000 : 200_000_000));
    try {
      if (random.nextBoolean()) s.reset();
      else s.close();
    } catch (IOException e) {
      // It has been closed for us.
    }
    return Outcome.LEFT;
  }

  // -- the answer

  /** Bytes both ways, the last of which the origin sends once it has all of the caller's. */
  private Outcome bytes(HttpSocket s, Task task, Head opened, long since, int server)
      throws WrongException {
    try (s) {
      if (task.kind() != Kind.UPGRADE) Asking.sendInside(s, task);
      Head head = task.kind() == Kind.UPGRADE ? opened : s.head();
      if (head != null && !head.field("X-Id").equals(String.valueOf(task.id())))
        throw new WrongException("the bytes of " + head.field("X-Id"));
      BothWays bytes = new BothWays(s, task.id(), task.up(), true, task.answerId());
      if (head != null) bytes.run();
      if (bytes.wrong() || bytes.taken() > task.down())
        throw new WrongException("wrong bytes before " + bytes.taken());
      if (head != null && !bytes.ended()) return Outcome.ABORT;
      if (bytes.taken() == task.down() && task.kind().may == Kind.May.ANSWER) return Outcome.RIGHT;
      if (down(server, since)) return Outcome.SERVER_LOST;
      throw new WrongException(bytes.taken() + " bytes ended as if they were all");
    } catch (HttpSocket.MalformedException e) {
      throw new WrongException("no HTTP inside a tunnel: " + e.getMessage());
    } catch (IOException e) {
      return Outcome.ABORT;
    } finally {
      if (hung) throw new WrongException("it hung while bytes went both ways");
    }
  }

  private Outcome answer(HttpSocket s, Task task, Head head, int server) throws WrongException {
    int status = head.status();
    Outcome outcome;
    try {
      if (status == 200) outcome = right(s, task, head);
      else outcome = error(s, task, head, status);
    } catch (HttpSocket.MalformedException e) {
      throw new WrongException("no HTTP in an answer's body: " + e.getMessage());
    } catch (IOException e) {
      close(s);
      if (hung) throw new WrongException("it hung in the body");
      return Outcome.ABORT;
    }
    if (outcome == Outcome.LEFT) return outcome;
    if (head.field("Connection").equals("close") || random.nextInt(50) == 0) close(s);
    else keep(s, server);
    return outcome;
  }

  private void keep(HttpSocket s, int server) {
    kept[server] = s;
    keptSince[server] = begun;
  }

  /** An origin's answer: the one to this very request, or none at all. */
  private Outcome right(HttpSocket s, Task task, Head head) throws IOException, WrongException {
    if (!head.field("X-Id").equals(String.valueOf(task.id())))
      throw new WrongException("the answer of " + head.field("X-Id"));
    if (task.kind() == Kind.HEAD) return Outcome.RIGHT;
    int leaveAt = task.kind() == Kind.CALLER_LEAVES_IN_BODY ? task.down() / 10 : -1;
    CheckedBody body = new CheckedBody(task, leaveAt);
    try {
      s.body(head, true, body);
    } catch (CheckedBody.LeavingException e) {
      return leave(s);
    } finally {
      if (body.bad) throw new WrongException("wrong bytes before " + body.got);
    }
    if (task.kind().may == Kind.May.ABORT)
      throw new WrongException("a cut answer of " + body.got + " bytes ended as a whole one");
    if (body.got != task.down())
      throw new WrongException("an answer of " + body.got + " bytes ended as a whole one");
    if (task.kind().may == Kind.May.FAIL) throw new WrongException("an answer that nobody gave");
    return Outcome.RIGHT;
  }

  private Outcome error(HttpSocket s, Task task, Head head, int status)
      throws IOException, WrongException {
    StringBuilder text = new StringBuilder();
    if (task.kind() != Kind.HEAD)
      s.body(
          head, true, (b, from, n) -> text.append(new String(b, from, n, StandardCharsets.UTF_8)));
    String reason = head.field("Proxy-Status").replaceFirst("(error=\\w+);.*", "$1");
    Outcome outcome =
        switch (status) {
          case 526 -> Outcome.ERROR_526;
          case 527 -> Outcome.ERROR_527;
          case 503 -> Outcome.ERROR_503;
          case 501 -> Outcome.ERROR_501;
          default -> throw new WrongException("a status " + status + " " + text);
        };
    if (!reason.matches("wsp-(server|client); error=[a-z_]+"))
      throw new WrongException("a " + status + " without its reason: " + reason + " " + text);
    if (text.length() == 0 && task.kind() != Kind.HEAD)
      throw new WrongException("a " + status + " without a text");
    tally.count(status + " " + reason);
    return outcome;
  }

  // -- the end

  /** One that the server has closed when it went down is not used again. */
  private void dropStale(int server) {
    HttpSocket s = kept[server];
    if (s != null && down(server, keptSince[server]) && s.stale()) drop(server);
  }

  private void drop(int server) {
    if (kept[server] != null) close(kept[server]);
    kept[server] = null;
  }

  private static void close(HttpSocket s) {
    try {
      s.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < kept.length; i++) drop(i);
  }
}
