package wsp.process;

/**
 * A daemon whose memory is at its end, and stays there: what was taken is held for ever. Or, with
 * an argument, one whose system gives no thread.
 */
final class OutOfMemoryMain {
  static Object[] held;

  private OutOfMemoryMain() {}

  public static void main(String[] args) throws InterruptedException {
    LastResort.install(Runtime.getRuntime()::halt, () -> {});
    Thread greedy = new Thread(args.length > 0 ? OutOfMemoryMain::start : OutOfMemoryMain::take);
    greedy.start();
    greedy.join();
  }

  private static void take() {
    while (true) held = new Object[] {held};
  }

  /** The JDK's own error, for a stack that no machine has room for. */
  private static void start() {
    new Thread(null, () -> {}, "large", 1L << 46).start();
  }
}
