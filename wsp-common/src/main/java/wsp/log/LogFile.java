package wsp.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines in a file of their own, put aside when it is full ({@link RotatingFile}). No thread but the
 * writing one waits for the disk ({@link LineQueue}); lost lines are counted, and the log says how
 * many. Safe for all threads.
 */
public final class LogFile implements LineSink {
  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

  private final Path path;
  private final LineQueue queue;

  /**
   * Begins to write; a file that does not open, such as a pipe without a reader, is waited for
   * while the daemon goes on.
   *
   * @param maxBytes how large the file may become
   * @param keep how many full ones are kept
   * @throws IOException if it cannot be written
   */
  public LogFile(Path path, long maxBytes, int keep) throws IOException {
    this.path = path;
    LateFile file =
        new LateFile(() -> new RotatingFile(path, maxBytes, keep, this::notPutAside), path);
    queue = new LineQueue("wsp-log-file", file, new Warnings());
    file.begin();
    var unused = queue.start();
  }

  @Override
  public void line(String text) {
    queue.add(text.concat("\n").getBytes(StandardCharsets.UTF_8), false);
  }

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

  /** Once when lines are lost, once when they are not any more. */
  private final class Warnings implements LineQueue.Troubles {
    private final AtomicBoolean dropping = new AtomicBoolean();

    // Of the thread that writes.
    private long lost;

    @Override
    public byte[] missing(long lines) {
      dropping.set(false);
      LOG.warn("{} lines are missing in {}: it was too slow, or took none", lines, path);
      return new byte[0];
    }

    @Override
    public void dropping() {
      if (dropping.compareAndSet(false, true))
        LOG.warn("{} takes no lines, and no more can wait: they are dropped", path);
    }

    @Override
    public boolean failed(IOException why, int lines) {
      boolean first = lost == 0;
      lost += lines;
      if (first && lines > 0)
        LOG.warn(
            "{} cannot be written, {} lines are lost so far: {}", path, lost, why.getMessage());
      return false;
    }

    @Override
    public void written() {
      if (lost > 0) LOG.warn("{} is written again; {} lines were lost", path, lost);
      lost = 0;
    }
  }
}
