package wsp.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that have to be known before anything listens on them. */
public final class Ports {
  // Below those that a system gives to connections, and to listeners that do not care.
  private static final int FIRST = 15_000;
  private static final int LAST = 31_000;

  private Ports() {}

  /** A port that is free at every address of this machine, and stays so unless it is asked for. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket s = new ServerSocket(port)) {
        return s.getLocalPort();
      } catch (IOException e) {
        // Taken: another one.
      }
    }
  }
}
