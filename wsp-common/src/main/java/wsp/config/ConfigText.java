package wsp.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import wsp.files.FileSource;
import wsp.files.UnreadableException;

/** The text of a configuration file, or of one that it names. */
final class ConfigText {
  private ConfigText() {}

  /** All of it, in UTF-8. */
  static String of(FileSource source, Path file) throws ConfigException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(source.bytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": the file is not valid UTF-8");
    } catch (UnreadableException e) {
      throw unreadable(file, e);
    }
  }

  /** A path relative to the directory of a file; null if there can be none of that name. */
  static @Nullable Path beside(String file, String text) {
    try {
      return Path.of(file).toAbsolutePath().resolveSibling(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What is expected instead of the name of a file of which there is no path. */
  static String nameable(String text) {
    return text.chars().allMatch(c -> c < 0x80)
        ? "a file"
        : "a file whose name this process's locale has characters for (LC_ALL=C.UTF-8)";
  }

  private static ConfigException unreadable(Path file, UnreadableException e) {
    if (e.why() == UnreadableException.Why.DIRECTORY)
      return new ConfigException(file + ": a file is expected, not a directory");
    String line = file + ": " + e.getMessage();
    return e.passing() ? ConfigException.passing(line) : new ConfigException(line);
  }
}
