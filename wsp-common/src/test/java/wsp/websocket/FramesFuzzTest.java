package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.testing.Seeds;
import wsp.testing.Split;

/**
 * Whatever frames a client may send, they are read as RFC 6455 has it, and alike wherever the
 * network cuts them. Here for the seeds; under the profile {@code fuzz} a fuzzer looks for more.
 * The first byte of the input says how the rest is cut.
 */
public class FramesFuzzTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    byte[] sent = Arrays.copyOfRange(input, 1, input.length);
    Random cuts = new Random(input[0]);
    String expected = new Plain(sent).read();
    assertEquals(expected, decoded(List.of(ByteBuffer.wrap(sent))));
    assertEquals(expected, decoded(Split.single(sent)));
    assertEquals(expected, decoded(Split.randomly(sent, cuts, 1 + cuts.nextInt(64))));
  }

  private static String decoded(List<ByteBuffer> parts) {
    CollectedMessages collected = new CollectedMessages();
    int code = 0;
    try {
      collected.decode(new FrameDecoder(FrameHeader.ofClient()), parts);
    } catch (ProtocolViolationException e) {
      code = e.closeCode();
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
    }
    StringBuilder out = new StringBuilder();
    for (CollectedMessages.Message m : collected.messages())
      if (m.opcode() <= Opcodes.CLOSE) line(out, m.opcode(), m.payload());
    return end(out, collected.open(), code);
  }

  /** What came of a text before bytes that are no text depends on where the input was cut. */
  private static String end(StringBuilder out, byte[] open, int code) {
    return line(out, -1, code == 1007 ? new byte[0] : open).append(code).toString();
  }

  private static StringBuilder line(StringBuilder out, int opcode, byte[] payload) {
    return out.append(opcode).append(' ').append(HEX.formatHex(payload)).append('\n');
  }

  /** RFC 6455 §5.2, frame by frame, from bytes that are all there. */
  private static final class Plain {
    private final ByteBuffer in;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int message = -1;

    Plain(byte[] sent) {
      in = ByteBuffer.wrap(sent);
    }

    String read() {
      int code = 0;
      while (code == 0 && in.hasRemaining()) code = frame();
      return end(out, text(open.toByteArray()), Math.max(0, code));
    }

    /**
     * The close code of what is wrong with it; 0 if nothing is, -1 if it is cut short, or the last.
     */
    private int frame() {
      int first = in.get() & 0xff;
      int opcode = first & 15;
      boolean fin = first >= 0x80;
      if ((first & 0x70) != 0 || (opcode > 2 && opcode < 8) || opcode > 10) return 1002;
      if (opcode >= 8 ? !fin : (opcode == 0) == (message < 0)) return 1002;
      if (!in.hasRemaining()) return -1;
      int second = in.get() & 0xff;
      if (second < 0x80 || (opcode >= 8 && second > 0x80 + 125)) return 1002;
      int extended = second == 0xff ? 8 : second == 0xfe ? 2 : 0;
      if (in.remaining() < extended + 4) return -1;
      long length =
          extended == 0 ? second - 0x80 : extended == 2 ? in.getShort() & 0xffff : in.getLong();
      if (length < 0 || length > 1L << 50) return 1009;
      if ((extended == 2 && length < 126) || (extended == 8 && length < 65_536)) return 1002;
      byte[] payload = unmask(length);
      boolean whole = payload.length == length;
      if (opcode >= 8) {
        int refused = whole && opcode == 8 ? refusedClose(payload) : 0;
        if (refused != 0) return refused;
        if (whole && opcode == 8) line(out, opcode, payload);
        return whole && opcode != 8 ? 0 : -1;
      }
      if (opcode != 0) message = opcode;
      if (!data(payload, whole && fin)) return 1007;
      return whole ? 0 : -1;
    }

    /**
     * RFC 6455 §5.5.1 and §7.4, with the codes that were registered since; 0 if nothing is wrong.
     */
    private static int refusedClose(byte[] payload) {
      if (payload.length == 0) return 0;
      if (payload.length == 1) return 1002;
      int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
      boolean registered = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
      if (!registered && (code < 3000 || code > 4999)) return 1002;
      byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
      byte[] again = new String(reason, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(reason, again) ? 0 : 1007;
    }

    private byte[] unmask(long length) {
      byte[] mask = new byte[4];
      in.get(mask);
      byte[] payload = new byte[(int) Math.min(length, in.remaining())];
      in.get(payload);
      for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
      return payload;
    }

    /** False if it is a text, and no UTF-8. */
    private boolean data(byte[] payload, boolean last) {
      open.writeBytes(payload);
      byte[] all = open.toByteArray();
      if (message == 1 && !isText(all, last)) return false;
      if (!last) return true;
      line(out, message, all);
      open.reset();
      message = -1;
      return true;
    }

    private static boolean isText(byte[] bytes, boolean whole) {
      return !decode(ByteBuffer.wrap(bytes), whole).isError();
    }

    private static CoderResult decode(ByteBuffer bytes, boolean whole) {
      CharBuffer chars = CharBuffer.allocate(bytes.remaining());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, whole);
    }

    /** Of a message that is not whole, the characters that are. */
    private byte[] text(byte[] open) {
      ByteBuffer bytes = ByteBuffer.wrap(open);
      if (message == 1) decode(bytes, false);
      return message == 1 ? Arrays.copyOf(open, bytes.position()) : open;
    }
  }
}
