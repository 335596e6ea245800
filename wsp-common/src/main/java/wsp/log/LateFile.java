package wsp.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.Descriptors;
import wsp.process.Threads;

/**
 * A file that may take for ever to open, as a pipe without a reader does: it is opened on a thread
 * of its own, and the writing thread waits for that. One that could not be opened for want of room
 * or of a descriptor is tried again at each write.
 */
final class LateFile extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger(LateFile.class);
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
      LOG.warn("{} does not open for now, and is tried again: {}", path, why.toString());
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
