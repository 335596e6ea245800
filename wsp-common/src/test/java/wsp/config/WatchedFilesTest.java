package wsp.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  @TempDir Path dir;
  private Path file;
  private final WatchedFiles watched = new WatchedFiles();

  @BeforeEach
  void watch() throws Exception {
    file = Files.writeString(dir.resolve("file"), "one");
    watched.add(dir.resolve("other"));
    watched.add(file);
    assertFalse(watched.changed());
  }

  private void changedOnce() {
    assertTrue(watched.changed());
    assertFalse(watched.changed());
  }

  @Test
  void another_time_is_a_change() throws Exception {
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    changedOnce();
  }

  @Test
  void another_size_is_a_change() throws Exception {
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, "three");
    Files.setLastModifiedTime(file, before);
    changedOnce();
  }

  @Test
  void another_file_of_the_same_name_is_a_change() throws Exception {
    Path other = Files.writeString(dir.resolve("new"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    changedOnce();
  }

  @Test
  void a_link_that_leads_elsewhere_is_a_change() throws Exception {
    Path a = Files.createDirectory(dir.resolve("a"));
    Path b = Files.createDirectory(dir.resolve("b"));
    Files.writeString(a.resolve("f"), "x");
    Files.writeString(b.resolve("f"), "x");
    Files.setLastModifiedTime(a.resolve("f"), Files.getLastModifiedTime(b.resolve("f")));
    Path link = Files.createSymbolicLink(dir.resolve("link"), a);
    watched.add(link.resolve("f"));
    assertFalse(watched.changed());
    Files.delete(link);
    Files.createSymbolicLink(link, b);
    changedOnce();
  }

  @Test
  void coming_and_going_are_changes() throws Exception {
    Files.delete(file);
    changedOnce();
    Files.writeString(dir.resolve("other"), "");
    changedOnce();
  }
}
