package wsp.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines in a file of their own, put aside when it is full ({@link RotatingFile}). Nobody waits for
 * the disk ({@link LineQueue}); what is lost is counted and said in the log. Safe for all threads.
 */
public final class LogFile implements LineSink {
  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
  private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

  private final Path path;
  private final LineQueue queue;

  /**
   * Begins to write.
   *
   * @param maxBytes how large the file may become
   * @param keep how many full ones are kept
   * @throws IOException if it cannot be written
   */
  public LogFile(Path path, long maxBytes, int keep) throws IOException {
    this.path = path;
    RotatingFile file = new RotatingFile(path, maxBytes, keep, this::notPutAside);
    queue = new LineQueue("wsp-log-file", file, new Warnings());
    var unused = queue.start();
  }

  @Override
  public void line(String text) {
    queue.add(text.concat("\n").getBytes(StandardCharsets.UTF_8), false);
  }

  /** Waits until what was left is written, up to a second. */
  void flush() {
    queue.flush();
  }

  @Override
  public void close() {
    queue.close();
  }

  private void notPutAside(IOException why) {
    LOG.warn("{} is full and cannot be put aside; it grows on:", path, why);
  }

  /** Of the thread that writes. */
  private final class Warnings implements LineQueue.Troubles {
    private long lost;
    private boolean warned;
    private long last;

    @Override
    public byte[] missing(long lines) {
      LOG.warn("{} lines are missing in {}: the disk was too slow", lines, path);
      return new byte[0];
    }

    @Override
    public void failed(IOException why, int lines) {
      lost += lines;
      long now = System.nanoTime();
      if (warned && now - last < BETWEEN_WARNINGS) return;
      warned = true;
      last = now;
      LOG.warn("{} cannot be written, {} lines are lost so far: {}", path, lost, why.toString());
    }
  }
}
