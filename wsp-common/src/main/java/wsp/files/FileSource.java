package wsp.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.text.Digest;

/**
 * The contents of some files at one time: each is read once, however often it is asked for, so that
 * the loaded content can be compared with a later one. Contents are compared, not times of
 * modification; of a content that is not needed any more, only a digest is kept. For one thread.
 */
public final class FileSource {
  /** A keeper of secrets may take a moment to write into its pipe. */
  private static final Duration AT_START = Duration.ofSeconds(10);

  private static final Duration LATER = Duration.ofSeconds(5);

  /** The content that was found in place of a file, or that it could not be read. */
  private static final class Found {
    private final byte[] digest;
    private final boolean regular;
    private final @Nullable UnreadableException failure;
    private byte @Nullable [] bytes;

    Found(byte[] bytes, boolean regular, @Nullable UnreadableException failure) {
      this.digest = Digest.sha256(bytes);
      this.regular = regular;
      this.failure = failure;
      this.bytes = bytes;
    }

    boolean sameAs(@Nullable Found other) {
      if (other == null) return false;
      if (failure == null || other.failure == null)
        return failure == other.failure && Arrays.equals(digest, other.digest);
      // How long a file was waited for is not what is wrong with it.
      if (failure.why() == UnreadableException.Why.STUCK)
        return other.failure.why() == failure.why();
      return String.valueOf(failure.getMessage()).equals(other.failure.getMessage());
    }

    /** True for a content that can be read once only. */
    boolean isKept() {
      return failure == null && !regular;
    }
  }

  private final FileReads reads;
  private final Duration limit;
  private final Map<Path, Found> kept = new LinkedHashMap<>();
  private final Map<Path, Found> found = new LinkedHashMap<>();

  FileSource(FileReads reads, Duration limit) {
    this.reads = reads;
    this.limit = limit;
  }

  /** For the start of a daemon, or a command: nothing is read yet, and each file has 10 s. */
  public static FileSource atStart() {
    return new FileSource(FileReads.OF_PROCESS, AT_START);
  }

  /**
   * Looks at the same files now. A pipe gives its bytes once: it counts as if it still had those.
   */
  public FileSource again() {
    FileSource next = new FileSource(reads, LATER);
    found.forEach(
        (file, was) -> {
          if (was.isKept()) next.kept.put(file, was);
        });
    found.keySet().forEach(next::look);
    return next;
  }

  /** Reads the same files now, pipes too. */
  public FileSource anew() {
    FileSource next = new FileSource(reads, LATER);
    found.keySet().forEach(next::look);
    return next;
  }

  /** The bytes of a file; the same error whenever one is asked for that could not be read. */
  public byte[] bytes(Path file) throws UnreadableException {
    Found here = look(file);
    if (here.failure != null) throw here.failure;
    if (here.bytes == null) throw new IllegalStateException("forgotten");
    return here.bytes;
  }

  private Found look(Path file) {
    Found here = found.get(file);
    if (here != null) return here;
    Found before = kept.get(file);
    Found now;
    try {
      FileReads.Content content = reads.read(file, before == null, limit);
      now =
          before != null && !content.regular()
              ? before
              : new Found(content.bytes(), content.regular(), null);
    } catch (UnreadableException e) {
      now = new Found(new byte[0], true, e);
    }
    found.put(file, now);
    return now;
  }

  /** True if all files that were read for the other one contain the same now. */
  public boolean sameAs(FileSource other) {
    for (Map.Entry<Path, Found> entry : other.found.entrySet())
      if (!entry.getValue().sameAs(found.get(entry.getKey()))) return false;
    return true;
  }

  /** Keeps nothing of regular files but digests: they are loaded. */
  public void forget() {
    for (Found each : found.values()) if (each.regular) each.bytes = null;
  }
}
