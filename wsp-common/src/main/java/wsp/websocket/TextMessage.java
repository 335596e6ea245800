package wsp.websocket;

import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;

/**
 * Puts text messages together that come in pieces, one after the other. They nearly always come in
 * one, which costs nothing. For one thread, but {@link #drop}.
 */
public final class TextMessage {
  private final int most;
  private final Budget.Share memory;
  private StringBuilder pieces = new StringBuilder(0);

  /** Bytes of a character of the pieces. */
  private int width = 1;

  /**
   * @param most characters of a message
   * @param memory for all messages that are not whole
   */
  public TextMessage(int most, Budget memory) {
    this.most = most;
    this.memory = memory.share();
  }

  /** The message, with its last piece; null before that. */
  public @Nullable String add(String piece, boolean last) throws ProtocolViolationException {
    if (pieces.length() + piece.length() > most)
      throw new ProtocolViolationException(1009, "an envelope over " + most + " characters");
    if (last && pieces.isEmpty()) return piece;
    pieces.append(piece);
    if (piece.chars().anyMatch(c -> c > 0xff)) width = 2;
    if (!memory.add((long) width * pieces.capacity() - memory.held())) {
      // It counts for others no longer, while its connection takes its time to close.
      drop();
      throw new ProtocolViolationException(
          1009, "too many long envelopes have begun: see envelopememory");
    }
    if (!last) return null;
    String whole = pieces.toString();
    // One that is emptied keeps its size, and two bytes for each character once it has had them.
    pieces = new StringBuilder(0);
    width = 1;
    memory.release();
    return whole;
  }

  /** True as long as nothing has come of the next message. */
  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** What has come is not needed; on any thread. */
  public void drop() {
    memory.close();
  }
}
