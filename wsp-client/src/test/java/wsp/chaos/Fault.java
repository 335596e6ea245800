package wsp.chaos;

import java.io.IOException;
import java.time.Duration;
import wsp.testing.Await;

/** What is done to a daemon, or to the network between two. */
enum Fault {
  KILL_SERVER(true, true) {
    @Override
    void strike(Member m, int millis) throws IOException, InterruptedException {
      m.kill();
      m.restart();
    }
  },
  KILL_CLIENT(false, true) {
    @Override
    void strike(Member m, int millis) throws IOException, InterruptedException {
      m.kill();
      m.restart();
    }
  },
  STOP_SERVER(true, true) {
    @Override
    void strike(Member m, int millis) throws IOException, InterruptedException {
      stop(m);
    }
  },
  STOP_CLIENT(false, true) {
    @Override
    void strike(Member m, int millis) throws IOException, InterruptedException {
      stop(m);
    }
  },
  FREEZE_SERVER(true, false) {
    @Override
    void strike(Member m, int millis) throws IOException {
      freeze(m, millis);
    }
  },
  FREEZE_CLIENT(false, false) {
    @Override
    void strike(Member m, int millis) throws IOException {
      freeze(m, millis);
    }
  },
  CUT_NETWORK {
    @Override
    void strike(Relay r, int millis) {
      r.cut();
    }
  },
  SILENT_NETWORK {
    @Override
    void strike(Relay r, int millis) {
      r.silent(true);
      pause(millis);
      r.silent(false);
    }
  };

  /** More than the grace time of the run. */
  private static final Duration STOPS = Duration.ofSeconds(20);

  final boolean network;
  final boolean ofServer;

  /** Whether another process serves afterwards. */
  final boolean restarts;

  Fault(boolean ofServer, boolean restarts) {
    this.network = false;
    this.ofServer = ofServer;
    this.restarts = restarts;
  }

  Fault() {
    this.network = true;
    this.ofServer = false;
    this.restarts = false;
  }

  /** Does it, and mends it again; {@code millis} is for how long, where it takes time. */
  void strike(Member m, int millis) throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  void strike(Relay r, int millis) {
    throw new UnsupportedOperationException();
  }

  private static void stop(Member m) throws IOException, InterruptedException {
    int code = m.stop(STOPS);
    m.restart();
    if (code != 0 && code != 143) throw new AssertionError(m.name() + " exits with " + code);
  }

  private static void freeze(Member m, int millis) throws IOException {
    m.daemon().signal("STOP");
    pause(millis);
    m.daemon().signal("CONT");
  }

  private static void pause(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000)
      Await.pace(left * 1_000_000);
  }
}
