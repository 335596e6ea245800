package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.limit.Budget;
import wsp.testing.Seeds;
import wsp.testing.Split;
import wsp.websocket.ProtocolViolationException;

/**
 * Whatever messages a peer may send, their frames are the same wherever the messages are cut. Here
 * for the seeds; under the profile {@code fuzz} a fuzzer looks for more. The first byte of the
 * input says how they are cut; then come messages, each behind a byte that says how long it is.
 */
public class ReassemblyFuzzTest {
  private static final int MAX_DATA = 100;
  private static final int MAX_HEAD = 60;
  private static final int MEMORY = 1 << 20;

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    List<byte[]> messages = new ArrayList<>();
    for (int at = 1; at < input.length; ) {
      int code = input[at] & 0xff;
      int length = code < 200 ? code : (code - 199) * 128;
      int end = Math.min(at + 1 + length, input.length);
      messages.add(Arrays.copyOfRange(input, at + 1, end));
      at = end;
    }
    Random cuts = new Random(input[0]);
    String whole = read(messages, m -> List.of(ByteBuffer.wrap(m)));
    assertEquals(whole, read(messages, Split::single));
    assertEquals(whole, read(messages, m -> Split.randomly(m, cuts, 1 + cuts.nextInt(64))));
  }

  private interface Cut {
    List<ByteBuffer> of(byte[] message);
  }

  private static String read(List<byte[]> messages, Cut cut) {
    Budget memory = new Budget(MEMORY);
    Reassembly reassembly = new Reassembly(MAX_DATA, MAX_HEAD, memory);
    StringBuilder out = new StringBuilder();
    try {
      for (byte[] message : messages) {
        Heard heard = new Heard();
        List<ByteBuffer> parts = new ArrayList<>(cut.of(message));
        // The end may come by itself.
        if (message.length % 2 == 0) parts.add(ByteBuffer.allocate(0));
        for (int i = 0; i < parts.size(); i++)
          reassembly.take(parts.get(i), i == parts.size() - 1, heard);
        out.append(heard.all());
      }
    } catch (ProtocolViolationException e) {
      out.append(e.closeCode()).append(' ').append(e.getMessage());
    }
    reassembly.drop();
    assertEquals(0, memory.used());
    return out.toString();
  }

  /** The frame of one message. */
  private static final class Heard implements Reassembly.Sink {
    private static final HexFormat HEX = HexFormat.of();

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final StringBuilder others = new StringBuilder();

    @Override
    public void data(int id, ByteBuffer piece, boolean end) {
      data.writeBytes(bytes(piece));
      if (end) others.append("the last of ").append(id);
    }

    @Override
    public boolean isLive(int id) {
      return true;
    }

    @Override
    public void frame(int type, boolean end, int id, ByteBuffer payload) {
      others.append(type).append(end).append(id).append(HEX.formatHex(bytes(payload)));
    }

    @Override
    public void passedOver(int type, boolean end, int id, Reassembly.Lack why) {
      others.append(type).append(" of ").append(id).append(" lacks ").append(why);
    }

    private static byte[] bytes(ByteBuffer from) {
      byte[] all = new byte[from.remaining()];
      from.get(all);
      return all;
    }

    String all() {
      return HEX.formatHex(data.toByteArray()) + " " + others + "\n";
    }
  }
}
