package wsp.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import wsp.process.Descriptors;

/** A file could not be read. The message is why, in words that follow its name. */
public final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1;

  public enum Why {
    MISSING,
    DIRECTORY,
    TOO_LARGE,
    /** No answer within the limit: a pipe without a writer, a file system that hangs. */
    STUCK,
    /** No permission, no descriptor, an error of the disk. */
    FAILED
  }

  private final Why why;
  private final boolean passing;

  UnreadableException(Why why, String message) {
    this(why, message, why == Why.STUCK);
  }

  private UnreadableException(Why why, String message, boolean passing) {
    super(message);
    this.why = why;
    this.passing = passing;
  }

  static UnreadableException of(IOException e) {
    if (e instanceof UnreadableException known) return known;
    if (e instanceof NoSuchFileException)
      return new UnreadableException(Why.MISSING, "there is no such file");
    if (Descriptors.areExhausted(e))
      return new UnreadableException(
          Why.FAILED, "the file cannot be read: " + Descriptors.exhausted(), true);
    boolean passing = !(e instanceof AccessDeniedException);
    return new UnreadableException(Why.FAILED, "the file cannot be read: " + reason(e), passing);
  }

  static UnreadableException withoutThread() {
    return new UnreadableException(
        Why.FAILED,
        "the file cannot be read: this process may have no more threads (pids of the container,"
            + " TasksMax of systemd, ulimit -u)",
        true);
  }

  private static String reason(IOException e) {
    String kind = e.getClass().getSimpleName();
    String more = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return more == null ? kind : kind + " (" + more + ")";
  }

  public Why why() {
    return why;
  }

  /** True if trying again later may help without any change. */
  public boolean passing() {
    return passing;
  }
}
