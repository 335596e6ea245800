package wsp.log;

/** Where lines go that are no events of a log. Safe for all threads, and never waits. */
public interface LineSink extends AutoCloseable {
  /** Leaves a line, without its end; it must not contain one. */
  void line(String text);

  /** Waits until all that was left is written, up to a second; what comes later is lost. */
  @Override
  void close();
}
