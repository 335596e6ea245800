package wsp.server.listener;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import wsp.websocket.ProtocolViolationException;

/** A whole binary message in one frame, unmasked. */
@State(Scope.Benchmark)
public class FrameUnmaskerBenchmark {
  private static final int MASK = 0x12345678;

  /** Bytes of the message. */
  @Param({"64", "16384"})
  public int bytes;

  private final FrameUnmasker unmasker = new FrameUnmasker();
  private ByteBuffer frame = ByteBuffer.allocate(0);

  /** The frame as a client sends it (RFC 6455 §5.2). */
  @Setup
  public void mask() {
    frame = ByteBuffer.allocate(8 + bytes).put((byte) 0x82);
    if (bytes < 126) frame.put((byte) (0x80 | bytes));
    else frame.put((byte) (0x80 | 126)).putShort((short) bytes);
    frame.putInt(MASK).position(frame.position() + bytes).flip();
  }

  /** Its payload, to a sink that looks at no byte of it. */
  @Benchmark
  public void unmask(Blackhole hole) throws ProtocolViolationException {
    unmasker.decode(
        frame.rewind(),
        new FrameUnmasker.Sink() {
          @Override
          public void frame(ByteBuffer whole) {
            throw new IllegalStateException("a frame of text or control");
          }

          @Override
          public void control(int opcode, ByteBuffer payload) {
            hole.consume(payload);
          }

          @Override
          public void text(String message, boolean last) {
            throw new IllegalStateException("a message of text");
          }

          @Override
          public void binary(ByteBuffer piece, boolean last) {
            hole.consume(piece);
          }
        });
  }
}
