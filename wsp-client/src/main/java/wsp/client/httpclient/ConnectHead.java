package wsp.client.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import wsp.text.Ascii;

/** The CONNECT by which {@code HttpClient} asks for a passage, as it comes. For one thread. */
final class ConnectHead {
  private static final int MOST = 8 * 1024;

  /** How much of it is here. */
  enum Progress {
    PART,
    WHOLE,
    /** It ends too early, or is too long. */
    BROKEN
  }

  private final ByteBuffer bytes = ByteBuffer.allocate(MOST);
  private String[] lines = {""};

  /** Reads what has come. */
  Progress read(ReadableByteChannel from) throws IOException {
    int n = from.read(bytes);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    if (text.endsWith("\r\n\r\n")) {
      lines = text.split("\r\n", -1);
      return Progress.WHOLE;
    }
    return n < 0 || !bytes.hasRemaining() ? Progress.BROKEN : Progress.PART;
  }

  /** The value of a field; empty if it has none. */
  String field(String name) {
    for (String line : lines)
      if (Ascii.startsWithIgnoreCase(line, name + ":"))
        return Ascii.trim(line.substring(name.length() + 1));
    return "";
  }

  /** True if it leads to this host and port. */
  boolean asksFor(String hostAndPort) {
    return Ascii.equalsIgnoreCase("CONNECT " + hostAndPort + " HTTP/1.1", lines[0]);
  }
}
