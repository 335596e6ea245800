package wsp.address;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.destination.IpLiteral;
import wsp.files.FileSource;
import wsp.files.UnreadableException;
import wsp.text.Ascii;

/** The file of names that every program on this machine asks before the DNS. Stateless. */
final class HostsFile {
  /** Lists of advertisers to be shut out have a hundred thousand. */
  private static final int MOST = 10_000;

  private HostsFile() {}

  /** The names, in lower case, that it has for loopback addresses; none if it cannot be read. */
  static Set<String> loopback(FileSource source) {
    try {
      byte[] bytes = source.bytes(path(System.getenv("SystemRoot")));
      return loopback(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (UnreadableException e) {
      return new HashSet<>();
    }
  }

  private static Path path(@Nullable String windows) {
    return windows == null
        ? Path.of("/etc/hosts")
        : Path.of(windows, "System32", "drivers", "etc", "hosts");
  }

  static Set<String> loopback(String text) {
    Set<String> names = new HashSet<>();
    for (String line : text.split("[\r\n]+", -1)) {
      String[] words = Ascii.trim(line.split("#", 2)[0]).split("[ \t]+", -1);
      InetAddress address = IpLiteral.of(words[0]);
      if (address == null || !address.isLoopbackAddress()) continue;
      for (int i = 1; i < words.length && names.size() < MOST; i++)
        names.add(Ascii.lower(words[i]));
    }
    return names;
  }
}
