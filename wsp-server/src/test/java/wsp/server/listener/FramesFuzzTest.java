package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.testing.Seeds;
import wsp.testing.Split;
import wsp.websocket.ProtocolViolationException;

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
    assertEquals(expected, unmasked(List.of(ByteBuffer.wrap(sent))));
    assertEquals(expected, unmasked(Split.single(sent)));
    assertEquals(expected, unmasked(Split.randomly(sent, cuts, 1 + cuts.nextInt(64))));
  }

  private static String unmasked(List<ByteBuffer> parts) {
    CollectedMessages collected = new CollectedMessages();
    FrameUnmasker unmasker = new FrameUnmasker();
    int code = 0;
    try {
      for (ByteBuffer in : parts) unmasker.decode(in, collected);
    } catch (ProtocolViolationException e) {
      code = e.closeCode();
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
    }
    StringBuilder out = new StringBuilder();
    for (CollectedMessages.Message m : collected.messages()) line(out, m.opcode(), m.payload());
    return line(out, -1, collected.open()).append(code).toString();
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
      return line(out, -1, open.toByteArray()).append(Math.max(0, code)).toString();
    }

    /** The close code of what is wrong with it; 0 if nothing is, -1 if it is cut short. */
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
        if (whole) line(out, opcode, payload);
      } else {
        if (opcode != 0) message = opcode;
        data(payload, whole && fin);
      }
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

    private void data(byte[] payload, boolean last) {
      open.writeBytes(payload);
      if (!last) return;
      line(out, message, open.toByteArray());
      open.reset();
      message = -1;
    }
  }
}
