package wsp.envelope;

/**
 * How much memory fields take while they are kept: their text is here in several forms, and each
 * one has objects of its own, however short it is. Stateless.
 */
public final class FieldMemory {
  private static final int TIMES_LENGTH = 3;
  private static final int PER_FIELD = 128;

  private FieldMemory() {}

  /** Bytes for so many fields, of so many characters together as they came. */
  public static long of(long length, int fields) {
    return TIMES_LENGTH * length + (long) PER_FIELD * fields;
  }

  public static long of(Headers fields) {
    return of(EnvelopeLength.of(fields), fields.size());
  }
}
