package wsp.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of which some may change: found by time of modification, size and identity, links followed,
 * so that a file replaced by another one or behind a link that is bent counts too. Looking costs a
 * system call a file. Not for several threads.
 */
public final class WatchedFiles {
  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object identity) {
    private static final Stamp MISSING = new Stamp(null, -1, null);

    static Stamp of(Path file) {
      try {
        BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(a.lastModifiedTime(), a.size(), a.fileKey());
      } catch (IOException e) {
        return MISSING;
      }
    }
  }

  private Map<Path, Stamp> stamps;

  /** To be made before the files are read: what changes after that is noticed. */
  public WatchedFiles(List<Path> files) {
    stamps = stamps(files);
  }

  private static Map<Path, Stamp> stamps(Iterable<Path> files) {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : files) stamps.put(file, Stamp.of(file));
    return stamps;
  }

  /** True if any file has changed since it was last looked at. */
  public boolean changed() {
    Map<Path, Stamp> now = stamps(stamps.keySet());
    boolean changed = !now.equals(stamps);
    stamps = now;
    return changed;
  }
}
