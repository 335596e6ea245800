package wsp.client.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Whether the writing was told that an origin has reset its connection. A socket tells that once,
 * to the thread that asks first; for all others the connection has ended from then on, as if in
 * order. Guarded by its {@link RequestOutput}.
 */
final class ToldReset {
  /**
   * What the system says where the other end had ended in order before it took nothing any more;
   * null where that is not to be learned. It comes in the language of the system.
   */
  private static final class BrokenPipe {
    static final @Nullable String WORDS = words();

    private static @Nullable String words() {
      try {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink()) {
          pipe.source().close();
          var unused = sink.write(ByteBuffer.allocate(1));
          return null;
        }
      } catch (IOException e) {
        return e.getMessage();
      }
    }
  }

  private boolean told;

  /** Writes, and keeps in mind why that fails. */
  int write(IOSession to, ByteBuffer bytes) throws IOException {
    try {
      return to.write(bytes);
    } catch (IOException e) {
      told |= !String.valueOf(e.getMessage()).equals(BrokenPipe.WORDS);
      throw e;
    }
  }

  /** True if the end that is read is a reset. */
  boolean told() {
    return told;
  }
}
