package wsp.client.websocket;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;

/** A connection whose input the test brings, and which takes all that is written, or nothing. */
final class ScriptedSession {
  final List<Integer> writes = new ArrayList<>();
  int events;
  boolean broken;
  boolean closed;

  /** The end is there to be read, behind the input. */
  boolean ends;

  private ByteBuffer input = ByteBuffer.allocate(0);

  IOSession session() {
    return (IOSession)
        Proxy.newProxyInstance(
            ScriptedSession.class.getClassLoader(),
            new Class<?>[] {IOSession.class},
            (proxy, method, args) -> {
              switch (method.getName()) {
                case "read" -> {
                  return read((ByteBuffer) args[0]);
                }
                case "write" -> {
                  return write((ByteBuffer) args[0]);
                }
                case "setEvent" -> events |= (int) args[0];
                case "clearEvent" -> events &= ~(int) args[0];
                case "close" -> closed = true;
                default -> {}
              }
              return null;
            });
  }

  void brings(byte[] bytes) {
    input = ByteBuffer.wrap(bytes);
  }

  /** True if the I/O thread would tell that more can be written. */
  boolean watchesWriting() {
    return (events & EventMask.WRITE) != 0;
  }

  private int read(ByteBuffer to) {
    if (!input.hasRemaining()) return ends ? -1 : 0;
    int n = Math.min(input.remaining(), to.remaining());
    to.put(input.slice(input.position(), n));
    input.position(input.position() + n);
    return n;
  }

  private int write(ByteBuffer from) throws IOException {
    if (broken) throw new IOException("Broken pipe");
    int n = from.remaining();
    from.position(from.limit());
    writes.add(n);
    return n;
  }
}
