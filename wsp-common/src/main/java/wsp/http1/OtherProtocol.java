package wsp.http1;

import org.jspecify.annotations.Nullable;

/**
 * Protocols that come in place of a request because something before the port is set up for another
 * one, and that are worth their name: whoever reads that a line ends with a bare LF looks for the
 * fault at the wrong end.
 */
enum OtherProtocol {
  /** A record of a handshake (RFC 8446 §5.1). */
  TLS(
      "\u0016\u0003",
      "it is TLS, and this port speaks none: ask for http:// (a wsp-client for ws://), or set tls"),
  /** Version 1 of HAProxy's protocol, a line of text. */
  PROXY("PROXY ", Words.PROXY),
  /** Version 2 of it, less the empty lines that it begins with. */
  PROXY_2("\u0000\r\nQUIT\n", Words.PROXY),
  /** The preface of HTTP/2 (RFC 9113 §3.4). */
  HTTP_2("PRI * HTTP/2", "it is HTTP/2, and this port speaks HTTP/1.1");

  private static final class Words {
    static final String PROXY =
        "it is the PROXY protocol, which this port does not take: what stands before it is to send"
            + " X-Forwarded-For instead (send-proxy, proxy_protocol)";
  }

  private final String begin;
  private final String words;

  OtherProtocol(String begin, String words) {
    this.begin = begin;
    this.words = words;
  }

  /** The one that begins with these bytes, of which there are so many; null: none does. */
  static @Nullable String named(byte[] head, int length) {
    for (OtherProtocol each : values()) if (each.begins(head, length)) return each.words;
    return null;
  }

  private boolean begins(byte[] head, int length) {
    if (length < begin.length()) return false;
    for (int i = 0; i < begin.length(); i++) if (head[i] != begin.charAt(i)) return false;
    return true;
  }
}
