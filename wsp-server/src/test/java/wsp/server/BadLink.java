package wsp.server;

import static wsp.server.LinkPeer.CREDIT;
import static wsp.server.LinkPeer.DATA;
import static wsp.server.LinkPeer.DRAIN;
import static wsp.server.LinkPeer.END;
import static wsp.server.LinkPeer.REQUEST;
import static wsp.server.LinkPeer.RESET;
import static wsp.server.LinkPeer.RESPONSE;
import static wsp.server.LinkPeer.TRAILERS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a client of version 2 may do wrong on a link whose stream 1 waits for an answer, and sends
 * its body still.
 */
enum BadLink {
  CREDIT_OF_NOTHING(1002, p -> p.number(CREDIT, 1, 0)),
  CREDIT_BELOW_NOTHING(1002, p -> p.number(CREDIT, 1, -1)),
  CREDIT_BEYOND_COUNTING(1002, p -> p.number(CREDIT, 1, Integer.MAX_VALUE)),
  CREDIT_OF_A_STREAM_THAT_NEVER_WAS(1002, p -> p.number(CREDIT, 2, 1)),
  CREDIT_OF_THE_LINK(1002, p -> p.number(CREDIT, 0, 1)),
  CREDIT_OF_THREE_BYTES(1002, p -> p.send(CREDIT, 1, (byte) 0, (byte) 0, (byte) 1)),
  CREDIT_THAT_ENDS(1002, p -> p.number(CREDIT | END, 1, 1)),
  HEAD_OF_A_STREAM_THAT_NEVER_WAS(1002, p -> p.head(2, 200, 0)),
  HEAD_OF_STREAM_0(1002, p -> p.head(0, 200, 0)),
  HEAD_OF_A_STREAM_BELOW_0(1002, p -> p.head(-1, 200, 0)),
  SECOND_HEAD(1002, p -> p.head(1, 200, -1).head(1, 200, -1)),
  INTERIM_BEHIND_THE_HEAD(1002, p -> p.head(1, 200, -1).head(1, 103, 0)),
  INTERIM_THAT_ENDS(1002, p -> p.send(RESPONSE | END, 1, "{\"StatusCode\":103}")),
  HEAD_THAT_IS_NO_JSON(1002, p -> p.send(RESPONSE, 1, "{")),
  HEAD_OF_NOTHING(1002, p -> p.send(RESPONSE, 1)),
  STATUS_99(1002, p -> p.send(RESPONSE, 1, "{\"StatusCode\":99}")),
  HEAD_TOO_LONG(1009, p -> p.send(RESPONSE, 1, "{\"" + "a".repeat(17 << 20) + "\":1}")),
  DATA_BEFORE_THE_HEAD(1002, p -> p.send(DATA, 1, "a")),
  DATA_OF_A_STREAM_THAT_NEVER_WAS(1002, p -> p.send(DATA, 77, "a")),
  DATA_BEHIND_THE_END(1002, p -> p.reply(1, "ok").send(DATA, 1, "a")),
  SECOND_END(1002, p -> p.reply(1, "ok").send(DATA | END, 1)),
  HEAD_BEHIND_THE_END(1002, p -> p.reply(1, "ok").head(1, 200, 0)),
  TRAILERS_BEHIND_THE_END(1002, p -> p.reply(1, "ok").send(TRAILERS | END, 1, "{\"Header\":{}}")),
  DATA_BEHIND_ITS_RESET(1002, p -> p.reset(1, 0, "").send(DATA, 1, "a")),
  DATA_BEYOND_THE_CREDIT(1002, BadLink::flood),
  MEGABYTE_IN_ONE_FRAME(1009, p -> p.head(1, 200, -1).send(DATA, 1, new byte[1 << 20])),
  TRAILERS_THAT_DO_NOT_END(1002, p -> p.head(1, 200, -1).send(TRAILERS, 1, "{\"Header\":{}}")),
  TRAILERS_BEFORE_THE_HEAD(1002, p -> p.send(TRAILERS | END, 1, "{\"Header\":{}}")),
  TRAILERS_THAT_ARE_NO_JSON(1002, p -> p.head(1, 200, -1).send(TRAILERS | END, 1, "x")),
  RESET_OF_A_STREAM_THAT_NEVER_WAS(1002, p -> p.reset(2, 0, "")),
  RESET_WITHOUT_A_REASON(1002, p -> p.send(RESET, 1)),
  RESET_THAT_ENDS(1002, p -> p.send(RESET | END, 1, (byte) 0)),
  RESET_OF_MANY_WORDS(1009, p -> p.reset(1, 0, "a".repeat(1 << 14))),
  RESETS_WITHOUT_END(1002, BadLink::resets),
  DRAIN_OF_A_STREAM(1002, p -> p.number(DRAIN, 1, 1)),
  DRAIN_OF_NOTHING(1002, p -> p.send(DRAIN, 0)),
  DRAIN_THAT_ENDS(1002, p -> p.number(DRAIN | END, 0, 1)),
  REQUEST_OF_A_CLIENT(1002, p -> p.send(REQUEST | END, 2, "{\"Method\":\"GET\"}")),
  TYPE_0(1002, p -> p.send(0, 1)),
  TYPE_8(1002, p -> p.send(8, 1)),
  TYPE_127(1002, p -> p.send(127, 1)),
  FRAME_OF_4_BYTES(1002, p -> binary(p, new byte[] {DATA, 0, 0, 0})),
  FRAME_OF_NOTHING(1002, p -> binary(p, new byte[0])),
  TEXT_MESSAGE(1002, p -> p.raw.text("{\"StatusCode\":200}")),
  SECOND_GREETING(1002, p -> p.raw.text("other_1")),
  RESERVED_OPCODE(1002, p -> p.raw.frame(true, 3, new byte[1])),
  FRAME_THAT_IS_NOT_MASKED(1002, p -> p.raw.raw(new byte[] {(byte) 0x82, 5, DATA, 0, 0, 0, 1}));

  private interface Deed {
    void at(LinkPeer peer) throws IOException;
  }

  /** What it costs. */
  final int code;

  private final Deed deed;

  BadLink(int code, Deed deed) {
    this.code = code;
    this.deed = deed;
  }

  /** Does it. */
  void at(LinkPeer peer) {
    try {
      deed.at(peer);
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static void binary(LinkPeer p, byte[] message) throws IOException {
    p.raw.binary(message);
  }

  /** For a caller that takes nothing. */
  private static void flood(LinkPeer p) throws IOException {
    p.head(1, 200, -1);
    byte[] frame = p.raw.masked(true, RawPeer.BINARY, LinkPeer.frame(DATA, 1, new byte[16_000]));
    for (int i = 0; i < 4000; i++) p.raw.raw(frame);
  }

  private static void resets(LinkPeer p) throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    byte[] words = "no".getBytes(StandardCharsets.US_ASCII);
    byte[] reset = LinkPeer.frame(RESET, 1, (byte) 0, words[0], words[1]);
    for (int i = 0; i < 1000; i++) many.writeBytes(p.raw.masked(true, RawPeer.BINARY, reset));
    for (int i = 0; i < 1000; i++) p.raw.raw(many.toByteArray());
  }
}
