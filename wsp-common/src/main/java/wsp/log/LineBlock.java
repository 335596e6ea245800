package wsp.log;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a {@link LineQueue} writes at once. For one thread.
 *
 * @param missing how many lines the first one tells of that are not there
 * @param gone a line of the terminal that is not wanted any more, or null
 * @param below one that is drawn below the lines, or null
 */
record LineBlock(
    Lines lines, long missing, @Nullable TerminalLine gone, @Nullable TerminalLine below) {
  /** Lines under the lock of their queue: the methods of its superclass take one each. */
  static final class Lines extends ByteArrayOutputStream {
    Lines(int size) {
      super(size);
    }

    void add(byte[] line, int length) {
      if (count + length > buf.length)
        buf = Arrays.copyOf(buf, Math.max(2 * buf.length, count + length));
      System.arraycopy(line, 0, buf, count, length);
      count += length;
    }

    int length() {
      return count;
    }

    int ends() {
      return WholeLines.count(buf, 0, count);
    }
  }

  ByteArrayOutputStream bytes() {
    if (gone == null && below == null) return lines;
    ByteArrayOutputStream all = new ByteArrayOutputStream(lines.size() + 256);
    if (gone != null) all.writeBytes(gone.erase());
    if (below == null) all.writeBytes(lines.toByteArray());
    else if (lines.size() > 0) below.around(lines, all);
    else all.writeBytes(below.redraw());
    return all;
  }
}
