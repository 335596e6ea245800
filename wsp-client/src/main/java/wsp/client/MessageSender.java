package wsp.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message part after the other: the WebSocket allows one at a time. Where the peer keeps
 * up, a part is written by the calling thread before the call returns. One caller at a time.
 */
final class MessageSender {
  /** Who hears how it went, from any thread. */
  interface Owner {
    /** The last part could not be sent; nothing more can. */
    void sendingFailed(Throwable cause);
  }

  private final WebSocket socket;
  private final Owner owner;
  private volatile CompletableFuture<WebSocket> tail;
  private @Nullable CompletableFuture<?> seenPending;

  MessageSender(WebSocket socket, Owner owner) {
    this.socket = socket;
    this.owner = owner;
    this.tail = CompletableFuture.completedFuture(socket);
  }

  /**
   * Sends a whole text message.
   *
   * @return true if it was written; else {@code then} is run when it is
   */
  boolean text(String message, Runnable then) {
    return send(() -> socket.sendText(message, true), then);
  }

  /**
   * Sends a part of a binary message, which must not be touched until it has been written.
   *
   * @return true if it was written; else {@code then} is run when it is
   */
  boolean binary(ByteBuffer part, boolean last, Runnable then) {
    return send(() -> socket.sendBinary(part, last), then);
  }

  /** Sends a close frame after what was sent before. */
  void close(int code, String reason, Runnable then) {
    if (send(() -> socket.sendClose(code, reason), then)) then.run();
  }

  private boolean send(Supplier<CompletableFuture<WebSocket>> part, Runnable then) {
    CompletableFuture<WebSocket> sent;
    synchronized (this) {
      // A body's part and a close frame may come from two threads.
      CompletableFuture<WebSocket> before = tail;
      sent = before.isDone() ? part.get() : before.thenCompose(socket -> part.get());
      tail = sent;
    }
    if (sent.isDone() && !sent.isCompletedExceptionally()) return true;
    var unused =
        sent.whenComplete(
            (result, failure) -> {
              if (failure == null) then.run();
              else owner.sendingFailed(failure);
            });
    return false;
  }

  /** For the timer: true if what is being sent was being sent at the last call too. */
  boolean stuck() {
    CompletableFuture<?> now = tail;
    boolean same = !now.isDone() && now == seenPending;
    seenPending = now;
    return same;
  }
}
