package wsp.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Says in words why a file cannot be written: the message of most exceptions about files is the
 * file's name alone, and what has gone wrong their class. Stateless.
 */
public final class FileTrouble {
  private FileTrouble() {}

  /** A clause without the file's name. */
  public static String words(IOException why) {
    if (why instanceof NoSuchFileException) return "its directory is not there";
    if (why instanceof AccessDeniedException) return "permission denied";
    String said = why instanceof FileSystemException f ? f.getReason() : why.getMessage();
    return said == null ? why.getClass().getSimpleName() : said;
  }
}
