package wsp.chaos;

/** Threads that do not keep the run from ending. */
final class Threads {
  private Threads() {}

  static Thread start(String name, Runnable body) {
    Thread t = new Thread(body, name);
    t.setDaemon(true);
    t.start();
    return t;
  }
}
