package wsp.client.replay;

import java.nio.ByteBuffer;
import wsp.client.origin.ReplayException;

/** Takes the framing off the bytes of a body; for one body and one thread at a time. */
abstract class BodyDecoder {
  /** For a body framed like that. */
  static BodyDecoder of(BodyFraming framing) {
    return switch (framing.kind()) {
      case NONE -> new ByLength(0);
      case LENGTH -> new ByLength(framing.length());
      case CHUNKED -> new ChunkedDecoder();
      case TO_END -> new ToEnd();
    };
  }

  /**
   * Takes what belongs to the body.
   *
   * @param in array-backed; what is left in it comes after the body
   * @return the content, in the memory of {@code in}
   */
  abstract ByteBuffer decode(ByteBuffer in) throws ReplayException;

  /** True when the body is whole. */
  abstract boolean complete();

  /** True if the end of the connection is the regular end of the body. */
  boolean endsWithConnection() {
    return false;
  }

  private static final class ByLength extends BodyDecoder {
    private long remaining;

    ByLength(long length) {
      remaining = length;
    }

    @Override
    ByteBuffer decode(ByteBuffer in) {
      int n = (int) Math.min(remaining, in.remaining());
      ByteBuffer content = in.slice(in.position(), n);
      in.position(in.position() + n);
      remaining -= n;
      return content;
    }

    @Override
    boolean complete() {
      return remaining == 0;
    }
  }

  private static final class ToEnd extends BodyDecoder {
    @Override
    ByteBuffer decode(ByteBuffer in) {
      ByteBuffer content = in.slice();
      in.position(in.limit());
      return content;
    }

    @Override
    boolean complete() {
      return false;
    }

    @Override
    boolean endsWithConnection() {
      return true;
    }
  }
}
