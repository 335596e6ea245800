package wsp.client.httpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

/** The CONNECT by which {@code HttpClient} asks for a {@link Passage}, as it comes in. */
final class Asking {
  /** Bytes. */
  private static final int MOST_HEAD = 8 * 1024;

  private static final int MOST_FIELDS = 100;

  private final HeadReader<RequestHead> heads = HeadReader.ofRequests(MOST_HEAD, MOST_FIELDS);

  /**
   * Reads what has come; null until the head is whole.
   *
   * @throws IOException if it ends before, is no head, or something comes behind it unasked
   */
  @Nullable RequestHead read(ReadableByteChannel from) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(MOST_HEAD);
    boolean ended = from.read(in) < 0;
    try {
      RequestHead head = heads.read(in.flip());
      if (head == null ? ended : in.hasRemaining()) throw new IOException("no CONNECT alone");
      return head;
    } catch (MessageException e) {
      throw new IOException(e);
    }
  }
}
