package wsp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a server may do to us. */
enum BadServer {
  GARBAGE_ENVELOPE((peer, origin) -> peer.text("{{{{")),
  NULL_ENVELOPE((peer, origin) -> peer.text("null")),
  EMPTY_ENVELOPE((peer, origin) -> peer.text("")),
  METHOD_WITH_CRLF(
      (peer, origin) ->
          peer.text(
              "{\"Method\":\"GET / HTTP/1.1\\r\\nX:\",\"URL\":\"" + origin.url("/ok") + "\"}")),
  FIELD_WITH_CRLF(
      (peer, origin) ->
          peer.text(
              "{\"Method\":\"GET\",\"URL\":\""
                  + origin.url("/ok")
                  + "\",\"Header\":{\"A\":[\"1\\r\\nX: 1\"]}}")),
  NEGATIVE_LENGTH(
      (peer, origin) ->
          peer.text(
              "{\"Method\":\"GET\",\"URL\":\"" + origin.url("/ok") + "\",\"ContentLength\":-5}")),
  BINARY_FIRST((peer, origin) -> peer.binary(ascii("x"))),
  TEXT_FOR_THE_BODY(
      (peer, origin) -> {
        peer.envelope("GET", origin.url("/wait"), 0);
        peer.text("x");
      }),
  SECOND_ENVELOPE_WHILE_BUSY(
      (peer, origin) -> {
        peer.get(origin.url("/wait"));
        peer.get(origin.url("/ok"));
      }),
  SECOND_BODY(
      (peer, origin) -> {
        peer.get(origin.url("/wait"));
        peer.binary(ascii("x"));
      }),
  HUGE_ENVELOPE_IN_ONE_FRAME(
      (peer, origin) -> peer.text("{\"a\":\"" + "a".repeat(3 << 20) + "\"}")),
  HUGE_ENVELOPE_IN_FRAGMENTS(
      (peer, origin) -> {
        for (int i = 0; i < 3000; i++)
          peer.frame(i == 0 ? Peer.TEXT : Peer.CONTINUATION, false, ascii("a".repeat(1000)));
      }),
  MASKED_FRAME((peer, origin) -> peer.raw(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0})),
  RESERVED_BITS((peer, origin) -> peer.raw(new byte[] {(byte) 0xf1, 0})),
  UNKNOWN_OPCODE((peer, origin) -> peer.raw(new byte[] {(byte) 0x83, 0})),
  STRAY_CONTINUATION((peer, origin) -> peer.frame(Peer.CONTINUATION, true, ascii("x"))),
  INVALID_UTF8(
      (peer, origin) -> peer.frame(Peer.TEXT, true, new byte[] {(byte) 0xff, (byte) 0xfe})),
  CLOSE_FRAME((peer, origin) -> peer.frame(Peer.CLOSE, true, new byte[] {3, (byte) 0xe8})),
  CLOSE_IN_MID_BODY(
      (peer, origin) -> {
        peer.envelope("POST", origin.url("/ok"), 1000);
        peer.frame(Peer.BINARY, false, ascii("x"));
        peer.frame(Peer.CLOSE, true, new byte[] {3, (byte) 0xe8});
      }),
  RESET(
      (peer, origin) -> {
        peer.get(origin.url("/wait"));
        peer.socket().setSoLinger(true, 0);
        peer.close();
      });

  private final Deed deed;

  BadServer(Deed deed) {
    this.deed = deed;
  }

  private interface Deed {
    void run(Peer peer, ScriptedOrigin origin) throws IOException;
  }

  void run(Peer peer, ScriptedOrigin origin) throws IOException {
    deed.run(peer, origin);
  }

  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }
}
