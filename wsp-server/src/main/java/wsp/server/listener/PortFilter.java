package wsp.server.listener;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.ByteBufferArray;

/**
 * The last filter of the transport's chain: gives each connection its reader, and the reader its
 * bytes.
 */
final class PortFilter extends BaseFilter {
  private final Attribute<Wire.Reader> readers =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(PortFilter.class.getName() + ".reader");
  private final Function<Connection<SocketAddress>, Optional<Wire.Reader>> accept;

  /**
   * @param accept gives a new connection its reader, or closes it
   */
  PortFilter(Function<Connection<SocketAddress>, Optional<Wire.Reader>> accept) {
    this.accept = accept;
  }

  @Override
  @SuppressWarnings(
      "unchecked") // the contexts of a TCP transport hold connections of socket addresses
  public NextAction handleAccept(FilterChainContext ctx) {
    Connection<SocketAddress> connection = ctx.getConnection();
    accept.apply(connection).ifPresent(r -> readers.set(connection, r));
    return ctx.getStopAction();
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) {
    Wire.Reader reader = readers.get(ctx.getConnection());
    Buffer buffer = ctx.getMessage();
    if (reader != null) {
      if (buffer.isComposite()) {
        ByteBufferArray parts = buffer.toByteBufferArray();
        for (int i = 0; i < parts.size(); i++) reader.read(parts.getArray()[i]);
        parts.recycle();
      } else {
        ByteBuffer bytes = buffer.toByteBuffer();
        reader.read(bytes);
      }
    }
    buffer.tryDispose();
    return ctx.getStopAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext ctx) {
    Wire.Reader reader = readers.remove(ctx.getConnection());
    if (reader != null) reader.closed();
    return ctx.getStopAction();
  }
}
