package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes what was decoded, and puts pieces together again. */
final class CollectedMessages implements FrameDecoder.Sink {
  /** A message, or one control frame. */
  record Message(int opcode, byte[] payload) {}

  private final List<Message> messages = new ArrayList<>();
  private ByteArrayOutputStream open = new ByteArrayOutputStream();
  private int opcode = -1;
  private int pieces;
  private boolean closed;

  /** Decodes copies of these, up to a close frame. */
  CollectedMessages decode(FrameDecoder decoder, List<ByteBuffer> parts)
      throws ProtocolViolationException {
    for (ByteBuffer part : parts) {
      ByteBuffer in = ByteBuffer.allocate(part.remaining()).put(part).flip();
      while (in.hasRemaining() && !closed) decoder.decode(in, this);
    }
    return this;
  }

  /** Those that are whole, control frames among them. */
  List<Message> messages() {
    return messages;
  }

  /** The messages that are whole. */
  List<Message> data() {
    return messages.stream().filter(m -> m.opcode() < Opcodes.CLOSE).toList();
  }

  /** What has come of a message that is not. */
  byte[] open() {
    return open.toByteArray();
  }

  /** How many pieces of messages came, of whatever kind. */
  int pieces() {
    return pieces;
  }

  @Override
  public void ping(ByteBuffer payload) {
    messages.add(new Message(Opcodes.PING, bytes(payload)));
  }

  @Override
  public void close(ClosePayload why) {
    closed = true;
    byte[] reason = why.reason().getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + reason.length);
    if (why.code() != ClosePayload.NO_CODE) payload.putShort((short) why.code()).put(reason);
    messages.add(new Message(Opcodes.CLOSE, bytes(payload.flip())));
  }

  @Override
  public void text(String piece, boolean last) {
    append(Opcodes.TEXT, piece.getBytes(StandardCharsets.UTF_8), last);
  }

  @Override
  public void binary(ByteBuffer piece, boolean last) {
    append(Opcodes.BINARY, bytes(piece), last);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void append(int kind, byte[] payload, boolean last) {
    assertTrue(opcode < 0 || opcode == kind, "within another message");
    opcode = kind;
    pieces++;
    open.writeBytes(payload);
    if (!last) return;
    messages.add(new Message(opcode, open.toByteArray()));
    open = new ByteArrayOutputStream();
    opcode = -1;
  }
}
