package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
  @Test
  void whatHasGoneWrongIsToldAndNotTheNameAgain() {
    assertEquals("its directory is not there", FileTrouble.words(new NoSuchFileException("/a")));
    assertEquals("permission denied", FileTrouble.words(new AccessDeniedException("/a")));
    FileSystemException readOnly = new FileSystemException("/a", null, "Read-only file system");
    assertEquals("Read-only file system", FileTrouble.words(readOnly));
    assertEquals("FileSystemException", FileTrouble.words(new FileSystemException("/a")));
    assertEquals("Broken pipe", FileTrouble.words(new IOException("Broken pipe")));
    assertEquals("IOException", FileTrouble.words(new IOException()));
  }
}
