package wsp.client.net;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Handles the events of a connection that nothing uses, or not yet: it sends and reads nothing.
 *
 * @param never whether nothing is going to use it
 */
record Unused(BooleanSupplier never) implements IOEventHandler {
  @Override
  public void connected(IOSession session) {
    // That it was cancelled may have been noticed by nobody else.
    if (never.getAsBoolean()) session.close(CloseMode.IMMEDIATE);
  }

  @Override
  public void inputReady(IOSession session, @Nullable ByteBuffer in) {
    session.close(CloseMode.IMMEDIATE);
  }

  @Override
  public void outputReady(IOSession session) {}

  @Override
  public void timeout(IOSession session, Timeout timeout) {
    session.close(CloseMode.IMMEDIATE);
  }

  @Override
  public void exception(IOSession session, Exception cause) {
    session.close(CloseMode.IMMEDIATE);
  }

  @Override
  public void disconnected(IOSession session) {}
}
