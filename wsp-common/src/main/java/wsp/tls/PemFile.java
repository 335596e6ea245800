package wsp.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

/**
 * A file of PEM blocks (RFC 7468), and where the configuration names it, for errors.
 *
 * @param where {@code <configuration file>: <key>}
 * @param path read at each load
 */
public record PemFile(String where, Path path) {
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** One block: its label, and its content in base64. */
  record Block(String label, String base64) {}

  /** The file that a key of the configuration names, or null without the key; it is not read. */
  public static @Nullable PemFile named(ConfigFile config, String key) throws ConfigException {
    Path path = config.path(key);
    return path == null ? null : new PemFile(config.where(key), path);
  }

  /** All its blocks. One with a header of its own is encrypted, in the way of old. */
  List<Block> blocks() throws ConfigException {
    List<Block> blocks = new ArrayList<>();
    Matcher m = BLOCK.matcher(text());
    while (m.find()) {
      boolean encrypted = m.group(2).indexOf(':') >= 0;
      blocks.add(new Block(encrypted ? "ENCRYPTED PRIVATE KEY" : m.group(1), m.group(2)));
    }
    return blocks;
  }

  /** What is in one of its blocks. */
  byte[] der(Block block) throws ConfigException {
    try {
      return Base64.getDecoder().decode(block.base64().replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw wrong("base64 is expected in the blocks of " + path);
    }
  }

  private String text() throws ConfigException {
    try {
      if (Files.isDirectory(path)) throw wrong("a PEM file is expected, not a directory: " + path);
      if (Files.size(path) > MAX_BYTES)
        throw wrong("at most " + MAX_BYTES + " bytes are expected in " + path);
      // Between the blocks there may be anything, in any encoding.
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw wrong("there is no such file: " + path);
    } catch (IOException e) {
      throw wrong(path + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** An error with its place; the text says what was expected of which file. */
  ConfigException wrong(String text) {
    return new ConfigException(where + ": " + text);
  }
}
