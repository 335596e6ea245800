package wsp.websocket;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A whole binary message in one frame, unmasked. */
@State(Scope.Benchmark)
public class FrameDecoderBenchmark {
  private static final int MASK = 0x12345678;

  /** Bytes of the message. */
  @Param({"64", "16384"})
  public int bytes;

  private final FrameDecoder decoder = new FrameDecoder(FrameHeader.ofClient());
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
    decoder.decode(
        frame.rewind(),
        new FrameDecoder.Sink() {
          @Override
          public void text(String piece, boolean last) {
            throw new IllegalStateException("a message of text");
          }

          @Override
          public void binary(ByteBuffer piece, boolean last) {
            hole.consume(piece);
          }

          @Override
          public void ping(ByteBuffer payload) {
            hole.consume(payload);
          }

          @Override
          public void close(ClosePayload why) {
            throw new IllegalStateException("a close frame");
          }
        });
  }
}
