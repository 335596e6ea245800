package wsp.bench.traffic;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** One selector and its thread: what the origin, the load and the registered peers share. */
final class Loop implements Closeable {
  /** Something that waits for its channel. */
  interface Channel {
    /** The channel is ready; what is thrown comes back in {@link #failed}. */
    void ready(SelectionKey key) throws IOException;

    /** The channel broke and is closed. */
    void failed(IOException e);
  }

  private final Selector selector;

  /** To read into, from one call of {@link Channel#ready} to its end. */
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 * 1024);

  Loop() throws IOException {
    selector = Selector.open();
  }

  SelectionKey register(SelectableChannel channel, int interest, Channel owner) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, interest, owner);
  }

  /** An empty buffer, shared by all channels. */
  ByteBuffer scratch() {
    return scratch.clear();
  }

  /** Waits for channels, at most so long, and serves those that are ready. */
  void step(long millis) throws IOException {
    selector.select(Loop::serve, Math.max(1, millis));
  }

  private static void serve(SelectionKey key) {
    Channel owner = (Channel) key.attachment();
    try {
      if (key.isValid()) owner.ready(key);
    } catch (IOException e) {
      close(key);
      owner.failed(e);
    }
  }

  /** Closes the channel of a key. */
  static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) close(key);
    selector.close();
  }
}
