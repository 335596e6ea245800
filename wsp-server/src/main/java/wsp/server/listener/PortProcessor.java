package wsp.server.listener;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.ProcessorResult;
import org.glassfish.grizzly.StandaloneProcessor;
import org.glassfish.grizzly.attributes.Attribute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.net.ThreadBuffers;
import wsp.process.LastResort;

/**
 * What becomes of the events of Grizzly's selector threads: each connection gets its wire, and the
 * wire what it can read, and word when it can write. Grizzly's usual processor, the chain of
 * filters, makes several objects for each read and each write. Safe for all threads.
 */
final class PortProcessor extends StandaloneProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(PortProcessor.class);
  private static final int READ = 64 * 1024;

  private static final ThreadBuffers INPUT = new ThreadBuffers(READ, ByteBuffer::allocateDirect);

  private final Attribute<Wire> wires =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(PortProcessor.class.getName() + ".wire");
  private final Function<Connection<SocketAddress>, @Nullable Wire> accept;
  private final Consumer<Wire> closed;

  /**
   * @param accept makes the wire of a new connection, or closes it
   * @param closed is told of each that has ended, before its reader
   */
  PortProcessor(Function<Connection<SocketAddress>, @Nullable Wire> accept, Consumer<Wire> closed) {
    this.accept = accept;
    this.closed = closed;
  }

  @Override
  public boolean isInterested(IOEvent event) {
    return event == IOEvent.READ
        || event == IOEvent.WRITE
        || event == IOEvent.ACCEPTED
        || event == IOEvent.CLOSED;
  }

  @Override
  @SuppressWarnings("unchecked") // the connections of a TCP transport have socket addresses
  public ProcessorResult process(Context context) {
    serve(context.getIoEvent(), context.getConnection());
    return ProcessorResult.createComplete();
  }

  /** Sees to an event, on the selector thread of its connection. */
  void serve(IOEvent event, Connection<SocketAddress> connection) {
    try {
      handle(event, connection);
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      // Grizzly would log it and leave the connection in the middle of whatever it was.
      String from = String.valueOf(connection.getPeerAddress());
      Strangers.LINES.error(LOG, from, "serving {} failed", from, e);
      cut(connection);
    }
  }

  private void handle(IOEvent event, Connection<SocketAddress> connection) {
    if (event == IOEvent.ACCEPTED) {
      Wire made = accept.apply(connection);
      if (made != null) wires.set(connection, made);
      return;
    }
    Wire wire = wires.get(connection);
    if (wire == null) return;
    switch (event) {
      case READ -> read(connection, wire);
      case WRITE -> wire.writable();
      case CLOSED -> {
        wires.remove(connection);
        closed.accept(wire);
        wire.closed();
      }
      default -> throw new IllegalStateException("an event that nobody asked for");
    }
  }

  private void cut(Connection<SocketAddress> connection) {
    Wire wire = wires.get(connection);
    if (wire == null) connection.terminateSilently();
    else wire.abort();
  }

  private static void read(Connection<SocketAddress> connection, Wire wire) {
    if (wire.tcp.turnAwaited) return;
    // One read may lead to another, which takes another.
    ByteBuffer in = INPUT.take();
    try {
      int n = wire.tcp.channel.read(in);
      if (n > 0) wire.read(in.flip());
      else if (n < 0) wire.ended();
    } catch (IOException e) {
      connection.terminateSilently();
    } finally {
      INPUT.giveBack(in);
    }
  }
}
