package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes unmasked frames: checks each one's header, and puts fragments together again. */
final class CollectedMessages implements FrameUnmasker.Sink {
  /** One control frame that came out, or the frames and pieces that make up a message. */
  record Message(int opcode, byte[] payload) {}

  private final List<Message> messages = new ArrayList<>();
  private ByteArrayOutputStream open = new ByteArrayOutputStream();
  private int opcode = -1;
  private int texts;
  private int pieces;

  /** Those that are whole, control frames among them. */
  List<Message> messages() {
    return messages;
  }

  /** What has come of a message that is not. */
  byte[] open() {
    return open.toByteArray();
  }

  @Override
  public void frame(ByteBuffer f) {
    int first = f.get() & 0xff;
    int length = f.get() & 0xff;
    assertTrue(length < 127, "masked or long");
    if (length == 126) length = f.getShort() & 0xffff;
    assertEquals(length, f.remaining());
    byte[] payload = new byte[length];
    f.get(payload);
    int op = first & 15;
    if (op >= 8) {
      messages.add(new Message(op, payload));
      return;
    }
    assertEquals(opcode < 0, op != 0, "a fragment has opcode " + op);
    if (op != 0) opcode = op;
    assertEquals(1, opcode, "only text is framed again");
    append(payload, (first & 0x80) != 0);
  }

  @Override
  public void control(int opcode, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    messages.add(new Message(opcode, bytes));
  }

  /** How many messages came as texts, past the engine. */
  int texts() {
    return texts;
  }

  /** How many pieces of messages came, of whatever kind. */
  int pieces() {
    return pieces;
  }

  @Override
  public void text(String message, boolean last) {
    assertTrue(opcode < 0, "within another message");
    texts++;
    pieces++;
    messages.add(new Message(1, message.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void binary(ByteBuffer piece, boolean last) {
    assertTrue(opcode != 1, "within a text message");
    opcode = 2;
    byte[] payload = new byte[piece.remaining()];
    piece.get(payload);
    append(payload, last);
  }

  private void append(byte[] payload, boolean last) {
    pieces++;
    open.writeBytes(payload);
    if (!last) return;
    messages.add(new Message(opcode, open.toByteArray()));
    open = new ByteArrayOutputStream();
    opcode = -1;
  }
}
