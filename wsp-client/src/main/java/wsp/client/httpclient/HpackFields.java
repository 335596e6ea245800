package wsp.client.httpclient;

/**
 * Counts the fields of a block of HPACK (RFC 7541 §6), whatever they say: a byte may be a whole
 * one. One that {@code HttpClient} takes for none ends its connection. For one thread.
 */
final class HpackFields {
  private enum At {
    FIELD,
    /** Within the index of a name, or of a field. */
    INDEX,
    LENGTH,
    LENGTH_REST,
    TEXT
  }

  /** A longer number is none, for either side. */
  private static final int MOST_SHIFT = 21;

  private At at = At.FIELD;

  /** Texts that the field has behind this number, or this text. */
  private int texts;

  private int number;
  private int shift;
  private int count;
  private long bytes;

  void clear() {
    at = At.FIELD;
    count = 0;
    bytes = 0;
  }

  /** How many have begun. */
  int count() {
    return count;
  }

  /** How long they are as they came. */
  long bytes() {
    return bytes;
  }

  void next(int b) {
    bytes++;
    switch (at) {
      case FIELD -> begins(b);
      case INDEX -> {
        if (b < 0x80) behind();
      }
      case LENGTH -> {
        number = b & 0x7f;
        shift = 0;
        if (number == 0x7f) at = At.LENGTH_REST;
        else text();
      }
      case LENGTH_REST -> {
        if (shift <= MOST_SHIFT) number += (b & 0x7f) << shift;
        shift += 7;
        if (b < 0x80) text();
      }
      case TEXT -> {
        if (--number == 0) behind();
      }
    }
  }

  /** A field, or a new size of the table. */
  private void begins(int b) {
    boolean whole = b >= 0x80;
    boolean size = !whole && b >= 0x20 && b < 0x40;
    int most = whole ? 0x7f : b >= 0x40 ? 0x3f : size ? 0x1f : 0x0f;
    int index = b & most;
    texts = whole || size ? 0 : index == 0 ? 2 : 1;
    if (!size) count++;
    if (index == most) at = At.INDEX;
    else behind();
  }

  private void text() {
    at = At.TEXT;
    texts--;
    if (number == 0) behind();
  }

  private void behind() {
    at = texts > 0 ? At.LENGTH : At.FIELD;
  }
}
