package wsp.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {
  @ParameterizedTest
  @CsvSource({
    "rw-------, wsp, wsp, ''",
    "r--------, root, root, ''",
    "rw-r--r--, root, wsp, others",
    "rw----r--, wsp, wsp, others",
    "rw-----w-, wsp, wsp, others",
    "rw-r-----, wsp, users, its group users",
    "rw-r-----, root, root, its group root",
    "rw-r-----, root, wsp, ''",
    "rw-rw----, root, wsp, its group wsp",
    "rwx--x--x, wsp, wsp, ''"
  })
  void theModeSaysWhoReads(String mode, String owner, String group, String who) {
    String found = Exposure.who(PosixFilePermissions.fromString(mode), owner, group);
    assertEquals(who, found == null ? "" : found);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theModeIsThatOfTheFileItself(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "hush");
    Path link = Files.createSymbolicLink(dir.resolve("link"), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals("may be read by others (rw-r--r--): chmod 600 " + link, Exposure.of(link));
    assertNotNull(Exposure.of(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertNull(Exposure.of(link));
  }

  @Test
  void whatIsNoFileHasNothingToTell(@TempDir Path dir) {
    assertNull(Exposure.of(dir));
    assertNull(Exposure.of(dir.resolve("missing")));
  }
}
