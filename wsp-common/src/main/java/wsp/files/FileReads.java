package wsp.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import wsp.files.UnreadableException.Why;
import wsp.process.LastResort;
import wsp.process.Threads;

/**
 * Reads small files, each on a thread that does nothing else, for a limited time: to open a pipe
 * without a writer, or a file on a file system that hangs, takes for ever, and nothing can break it
 * off. Such a read stays behind, at most one a file and so many in all; what it finds after all is
 * the answer to the next question, unless another file has taken the place of the one that hangs:
 * that one is read. Safe for all threads.
 */
final class FileReads {
  /** One that reads a file every second is kept, so that no new one is needed when none is left. */
  private static final Executor THREADS =
      Executors.newCachedThreadPool(task -> Threads.daemon("wsp-file-read", task));

  static final FileReads OF_PROCESS = new FileReads(FileReads::contents);

  /** Threads that may be left behind. */
  static final int MOST_STUCK = 16;

  /** For what is left behind already: it was waited for once. */
  private static final long AGAIN_MILLIS = 10;

  /** A longer file is no configuration, key or certificate. */
  static final int MAX_BYTES = 1 << 20;

  interface Reader {
    /** Reads it, and waits for a writer if it is a pipe and pipes are to be opened. */
    Content read(Path file, boolean pipes) throws IOException;
  }

  /** The content of a file; of one that is not regular the bytes come once, or were not read. */
  @SuppressWarnings("ArrayRecordComponent") // It is taken apart at once, and never compared.
  record Content(byte[] bytes, boolean regular) {}

  private final Reader reader;
  private final Executor threads;

  /** Guarded by this. */
  private final Map<Path, Reading> running = new HashMap<>();

  /**
   * Those that another file has taken the place of, and that hang all the same; guarded by this.
   */
  private final Set<Reading> abandoned = new HashSet<>();

  FileReads(Reader reader) {
    this(reader, THREADS);
  }

  FileReads(Reader reader, Executor threads) {
    this.reader = reader;
    this.threads = threads;
  }

  Content read(Path file, boolean pipes, Duration limit) throws UnreadableException {
    Reading before = running(file);
    boolean replaced = before != null && before.isReplaced(AGAIN_MILLIS);
    Reading task;
    synchronized (this) {
      if (before != null && replaced && running.remove(file, before)) abandoned.add(before);
      task = running.get(file);
      if (task == null) task = begin(file, pipes);
    }
    long millis = task == before ? AGAIN_MILLIS : limit.toMillis();
    boolean over = true;
    try {
      return task.content.get(millis, TimeUnit.MILLISECONDS);
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

  private synchronized @Nullable Reading running(Path file) {
    return running.get(file);
  }

  private Reading begin(Path file, boolean pipes) throws UnreadableException {
    abandoned.removeIf(each -> each.content.isDone());
    if (running.size() + abandoned.size() >= MOST_STUCK)
      throw new UnreadableException(
          Why.STUCK, "it is not read, since " + MOST_STUCK + " other files do not answer");
    Reading task = new Reading(reader, file, pipes, threads);
    try {
      task.start();
    } catch (OutOfMemoryError e) {
      LastResort.endIfOutOfMemory(e);
      throw UnreadableException.withoutThread();
    }
    running.put(file, task);
    return task;
  }

  private synchronized void end(Path file, Reading task) {
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

  /**
   * One read of a file on a thread of its own, which may never end. Whether the file is still the
   * one that was opened is asked on another thread, since that may hang as well. Safe for all
   * threads.
   */
  private static final class Reading {
    final FutureTask<FileReads.Content> content;

    private final Path file;

    /**
     * The identity by which the file is told from one that takes its place; null: not known yet.
     */
    private volatile @Nullable Object identity;

    private final Executor threads;

    /** Asks for the file that stands there now; one question at a time. */
    private @Nullable FutureTask<Object> question;

    Reading(FileReads.Reader reader, Path file, boolean pipes, Executor threads) {
      this.file = file;
      this.threads = threads;
      content =
          new FutureTask<>(
              () -> {
                identity = identity();
                return reader.read(file, pipes);
              });
    }

    void start() {
      threads.execute(content);
    }

    /** True if it hangs, and another file, or none, stands where its own did. */
    synchronized boolean isReplaced(long millis) {
      Object opened = identity;
      if (opened == null || content.isDone()) return false;
      FutureTask<Object> asked = question;
      if (asked == null) {
        asked = new FutureTask<>(this::identity);
        threads.execute(asked);
        question = asked;
      }
      try {
        Object now = asked.get(millis, TimeUnit.MILLISECONDS);
        question = null;
        return !now.equals(opened);
      } catch (TimeoutException e) {
        // The answer is there the next time, or the file system hangs.
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }

    private Object identity() {
      try {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
      } catch (IOException e) {
        return e.getClass();
      }
    }
  }
}
