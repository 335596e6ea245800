package wsp.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One read of a file on a thread of its own, which may never end. Whether the file is still the one
 * that was opened is asked on another thread, since that may hang as well. Safe for all threads.
 */
final class Reading {
  final FutureTask<FileReads.Content> content;

  private final Path file;

  /** The identity by which the file is told from one that takes its place; null: not known yet. */
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
