package wsp.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  private static ConfigException unreadable(Path file, UnreadableException e) {
    if (e.why() == UnreadableException.Why.DIRECTORY)
      return new ConfigException(file + ": a file is expected, not a directory");
    String line = file + ": " + e.getMessage();
    return e.passing() ? ConfigException.passing(line) : new ConfigException(line);
  }
}
