package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;

/**
 * What comes first on a connection of a port of TLS is no record of it. A caller that has forgotten
 * an {@code s} is told so in its own words, since it could read no others; anybody else is told
 * nothing, for an alert of TLS would be taken for data.
 */
final class NotTlsException extends SSLException {
  private static final long serialVersionUID = 1;

  /** How requests begin, as far as a header of a record is long. */
  private static final List<String> REQUESTS =
      List.of("GET ", "PUT ", "POST ", "HEAD ", "PATCH", "DELET", "OPTIO", "TRACE", "CONNE");

  private final boolean http;

  /**
   * @param header the first five bytes, from its position on
   */
  NotTlsException(ByteBuffer header) {
    super("what it sends is not TLS");
    byte[] first = new byte[TlsReader.HEADER];
    header.get(header.position(), first);
    String text = new String(first, StandardCharsets.ISO_8859_1);
    http = REQUESTS.stream().anyMatch(text::startsWith);
  }

  /** What the other end can read; null: nothing. */
  @Nullable ByteBuffer answer() {
    if (!http) return null;
    return ResponseHeads.lastWords(
        400,
        Headers.EMPTY,
        "this port speaks TLS, and the request came without: its URL, or that of the proxy, begins"
            + " with https:// (that of a wsp-client's target with wss://)\n");
  }
}
