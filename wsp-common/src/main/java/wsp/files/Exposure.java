package wsp.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether others than its owner may read a file, by its POSIX mode. Links are followed;
 * pipes, and file systems without modes, have nothing to tell. Stateless.
 */
public final class Exposure {
  private static final String ROOT = "root";

  private Exposure() {}

  /**
   * Who, and what to do, for a line that begins with the file: {@code may be read by others
   * (rw-r--r--): chmod 600 FILE}; null if no others may, or that is not known.
   */
  public static @Nullable String of(Path file) {
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view == null) return null;
      PosixFileAttributes all = view.readAttributes();
      if (!all.isRegularFile()) return null;
      String who = who(all.permissions(), all.owner().getName(), all.group().getName());
      if (who == null) return null;
      String mode = PosixFilePermissions.toString(all.permissions());
      return "may be read by " + who + " (" + mode + "): chmod 600 " + file;
    } catch (IOException e) {
      // The reader of the file tells of one that cannot be looked at.
      return null;
    }
  }

  /**
   * A file of root's that the group may only read is how a package hands it to a daemon: the group
   * is that of the daemon alone.
   */
  static @Nullable String who(Set<PosixFilePermission> may, String owner, String group) {
    boolean others =
        may.contains(PosixFilePermission.OTHERS_READ)
            || may.contains(PosixFilePermission.OTHERS_WRITE);
    if (others) return "others";
    boolean writes = may.contains(PosixFilePermission.GROUP_WRITE);
    boolean handed = owner.equals(ROOT) && !group.equals(ROOT);
    boolean reads = may.contains(PosixFilePermission.GROUP_READ) && !handed;
    return writes || reads ? "its group " + group : null;
  }
}
