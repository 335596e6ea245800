package wsp.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.Descriptors;
import wsp.process.Threads;

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
            "{} cannot be written, {} lines are lost so far: {}",
            path,
            lost,
            FileTrouble.words(why));
      return false;
    }

    @Override
    public void written() {
      if (lost > 0) LOG.warn("{} is written again; {} lines were lost", path, lost);
      lost = 0;
    }
  }

  /**
   * A file that may take for ever to open, as a pipe without a reader does: it is opened on a
   * thread of its own, and the writing thread waits for that. One that could not be opened for want
   * of room or of a descriptor is tried again at each write.
   */
  private static final class LateFile extends OutputStream {
    private static final long START_MILLIS = 1_000;

    private final Callable<OutputStream> opener;
    private final Path path;
    private volatile FutureTask<OutputStream> opening;

    LateFile(Callable<OutputStream> opener, Path path) {
      this.opener = opener;
      this.path = path;
      this.opening = new FutureTask<>(opener);
    }

    /**
     * Opens it, if that takes no longer than a second; later otherwise.
     *
     * @throws IOException if it cannot be opened until an operator changes something
     */
    void begin() throws IOException {
      Threads.daemon("wsp-log-open", opening).start();
      try {
        var unused = opening.get(START_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        LOG.warn("{} does not open yet (a pipe that nobody reads?); its lines wait", path);
      } catch (ExecutionException e) {
        IOException why = cause(e);
        if (!passes(why)) throw why;
        LOG.warn("{} does not open for now, and is tried again: {}", path, FileTrouble.words(why));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static boolean passes(IOException why) {
      String reason = why instanceof FileSystemException f ? f.getReason() : why.getMessage();
      return Descriptors.areExhausted(why)
          || (reason != null && (reason.startsWith("No space") || reason.contains("quota")));
    }

    private static IOException cause(ExecutionException e) {
      return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }

    private OutputStream file() throws IOException {
      try {
        return opening.get();
      } catch (ExecutionException e) {
        opening = new FutureTask<>(opener);
        opening.run();
        throw cause(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before it was open", e);
      }
    }

    @Override
    public void write(int b) throws IOException {
      file().write(b);
    }

    @Override
    public void write(byte[] lines, int from, int length) throws IOException {
      file().write(lines, from, length);
    }

    @Override
    public void flush() throws IOException {
      if (opening.isDone()) file().flush();
    }

    @Override
    public void close() throws IOException {
      if (opening.isDone()) file().close();
    }
  }
}
