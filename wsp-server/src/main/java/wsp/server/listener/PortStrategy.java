package wsp.server.listener;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOEventLifeCycleListener;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.strategies.AbstractIOStrategy;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * Brings what sockets have to say to the processor, on the selector thread. Grizzly's own way takes
 * an object and a dozen calls for each time that one can be read; all else goes that way.
 */
final class PortStrategy extends AbstractIOStrategy {
  private static final IOStrategy OTHERS = SameThreadIOStrategy.getInstance();

  private final PortProcessor processor;
  private final IOEventLifeCycleListener accepting;

  /**
   * @param notAccepted is told why a connection that waits could not be accepted
   */
  PortStrategy(PortProcessor processor, Consumer<IOException> notAccepted) {
    this.processor = processor;
    this.accepting =
        new IOEventLifeCycleListener.Adapter() {
          @Override
          public void onError(Context context, Object why) {
            if (why instanceof IOException e) notAccepted.accept(e);
          }
        };
  }

  @Override
  @SuppressWarnings("unchecked") // the connections of a TCP transport have socket addresses
  public boolean executeIoEvent(
      @SuppressWarnings("rawtypes") Connection connection, IOEvent event, boolean enabled)
      throws IOException {
    if (event == IOEvent.READ || event == IOEvent.WRITE) {
      processor.serve(event, (Connection<SocketAddress>) connection);
      return true;
    }
    if (event != IOEvent.SERVER_ACCEPT) return OTHERS.executeIoEvent(connection, event, enabled);
    // As they would, but for an error, which they do not look at.
    connection.getTransport().fireIOEvent(event, connection, accepting);
    return true;
  }

  @Override
  public @Nullable Executor getThreadPoolFor(
      @SuppressWarnings("rawtypes") Connection connection, IOEvent event) {
    return null;
  }

  @Override
  public @Nullable ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
    return null;
  }
}
