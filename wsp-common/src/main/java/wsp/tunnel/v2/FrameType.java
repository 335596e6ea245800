package wsp.tunnel.v2;

/** The types of frames: the first byte of each, without {@link #END}. */
final class FrameType {
  static final int REQUEST = 1;
  static final int RESPONSE = 2;
  static final int DATA = 3;
  static final int TRAILERS = 4;
  static final int CREDIT = 5;
  static final int RESET = 6;
  static final int DRAIN = 7;

  /** The bit that ends the sender's direction of a stream. */
  static final int END = 0x80;

  /** Type and stream id. */
  static final int HEADER = 5;

  private FrameType() {}

  /** A credit, or an id, as the payload of a frame has it. */
  static byte[] number(int n) {
    return new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n};
  }
}
