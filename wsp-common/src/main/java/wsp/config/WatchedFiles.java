package wsp.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
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

  private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

  /** Watches one more; to be called before it is read, so that what changes later is noticed. */
  public void add(Path file) {
    stamps.putIfAbsent(file, Stamp.of(file));
  }

  /** All of them, in the order in which they came. */
  public List<Path> files() {
    return List.copyOf(stamps.keySet());
  }

  /** True if any file has changed since it was last looked at. */
  public boolean changed() {
    boolean changed = false;
    for (Map.Entry<Path, Stamp> entry : stamps.entrySet()) {
      Stamp now = Stamp.of(entry.getKey());
      if (!now.equals(entry.setValue(now))) changed = true;
    }
    return changed;
  }
}
