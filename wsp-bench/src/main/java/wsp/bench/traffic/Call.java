package wsp.bench.traffic;

import java.nio.charset.StandardCharsets;

/**
 * One request, to be made many times.
 *
 * @param head its head, as sent
 * @param upload bytes of its body
 * @param answer bytes that the right answer has
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Call(byte[] head, long upload, long answer) {
  /** Bytes of a small body. */
  public static final int SMALL = 100;

  /** A GET through a tunnel's server. */
  public static Call get(String url, long answer) {
    return new Call(head("GET", url, ""), 0, answer);
  }

  /** An upload through a tunnel's server; the origin's answer is a small one. */
  public static Call put(String url, long upload) {
    return new Call(head("PUT", url, "Content-Length: " + upload + "\r\n"), upload, SMALL);
  }

  private static byte[] head(String method, String url, String more) {
    String text =
        method
            + " /request HTTP/1.1\r\nHost: 127.0.0.1\r\nX-PROXY-DESTINATION: "
            + url
            + "\r\n"
            + more
            + "\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
