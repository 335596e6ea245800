package wsp.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import wsp.files.UnreadableException.Why;

/**
 * Reads small files, each on a thread of its own, for a limited time: to open a pipe that nobody
 * writes to, or a file on a file system that hangs, takes for ever, and nothing can break it off.
 * Such a read stays behind, at most one a file and so many in all; what it finds after all is the
 * answer to the next question. Safe for all threads.
 */
final class FileReads {
  static final FileReads OF_PROCESS = new FileReads(FileReads::contents);

  /** Threads that may be left behind. */
  static final int MOST_STUCK = 16;

  /** For what is left behind already: it was waited for once. */
  private static final long AGAIN_MILLIS = 10;

  /** What is longer is of no use to anybody here. */
  static final int MAX_BYTES = 1 << 20;

  /** Reads a file, however long that takes. */
  interface Reader {
    /**
     * Reads it, and waits for a writer if it is a pipe.
     *
     * @param pipes whether anything else than a regular file is to be opened
     */
    Content read(Path file, boolean pipes) throws IOException;
  }

  /**
   * What a file contained.
   *
   * @param bytes of none that was not opened
   * @param regular false for a pipe or a device, which gives its bytes once
   */
  @SuppressWarnings("ArrayRecordComponent") // It is taken apart at once, and never compared.
  record Content(byte[] bytes, boolean regular) {}

  private final Reader reader;

  /** Guarded by this. */
  private final Map<Path, FutureTask<Content>> running = new HashMap<>();

  FileReads(Reader reader) {
    this.reader = reader;
  }

  /** Waits for a content up to the limit. */
  Content read(Path file, boolean pipes, Duration limit) throws UnreadableException {
    long millis = limit.toMillis();
    FutureTask<Content> task;
    synchronized (this) {
      task = running.get(file);
      if (task == null) task = begin(file, pipes);
      else millis = Math.min(millis, AGAIN_MILLIS);
    }
    boolean over = true;
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      over = false;
      throw new UnreadableException(
          Why.STUCK,
          "it could not be read within "
              + limit.toSeconds()
              + " s: a pipe that nothing is written to, or a file system that does not answer");
    } catch (InterruptedException e) {
      over = false;
      Thread.currentThread().interrupt();
      throw new UnreadableException(Why.STUCK, "reading it was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) throw UnreadableException.of(io);
      throw new UnreadableException(Why.FAILED, "the file cannot be read: " + e.getCause());
    } finally {
      if (over) end(file, task);
    }
  }

  private FutureTask<Content> begin(Path file, boolean pipes) throws UnreadableException {
    if (running.size() >= MOST_STUCK)
      throw new UnreadableException(
          Why.STUCK, "it is not read, since " + MOST_STUCK + " other files do not answer");
    FutureTask<Content> task = new FutureTask<>(() -> reader.read(file, pipes));
    running.put(file, task);
    Thread thread = new Thread(task, "wsp-file-read");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private synchronized void end(Path file, FutureTask<Content> task) {
    running.remove(file, task);
  }

  private static Content contents(Path file, boolean pipes) throws IOException {
    BasicFileAttributes kind = Files.readAttributes(file, BasicFileAttributes.class);
    if (kind.isDirectory()) throw new UnreadableException(Why.DIRECTORY, "it is a directory");
    if (!kind.isRegularFile() && !pipes) return new Content(new byte[0], false);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES)
        throw new UnreadableException(
            Why.TOO_LARGE, "at most " + MAX_BYTES + " bytes are expected");
      return new Content(bytes, kind.isRegularFile());
    }
  }
}
