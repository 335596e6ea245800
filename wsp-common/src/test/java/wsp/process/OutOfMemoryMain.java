package wsp.process;

/** A daemon whose memory is at its end, and stays there: what was taken is held for ever. */
final class OutOfMemoryMain {
  static Object[] held;

  private OutOfMemoryMain() {}

  public static void main(String[] args) throws InterruptedException {
    LastResort.install(Runtime.getRuntime()::halt, () -> {});
    Thread greedy = new Thread(OutOfMemoryMain::take);
    greedy.start();
    greedy.join();
  }

  private static void take() {
    while (true) held = new Object[] {held};
  }
}
