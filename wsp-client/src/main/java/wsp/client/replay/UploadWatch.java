package wsp.client.replay;

/**
 * Looks at a request that is on its way: whether its socket takes more although it has not said so,
 * and whether an origin that has answered still takes the rest. Guarded by its {@link Replay}.
 */
final class UploadWatch {
  /** A minute in which the last bytes of a tunnel do not move. */
  private static final int LOOKS_AT_TUNNEL = 6;

  /** The socket is going to be tried again. */
  private boolean trying;

  /** How often nothing had moved, one time after the other. */
  private int looksInVain;

  /** The socket takes nothing for now: it is tried again in a while, whatever it says. */
  void tryLater(Replayer by, Replay replay) {
    if (!trying) by.tryAgain(replay);
    trying = true;
  }

  void tried() {
    trying = false;
  }

  /** One look, at whether something has left since the last: true if that is to be given up. */
  boolean isInVain(Upload upload, boolean moved) {
    // A tunnel may be silent for hours, and its last bytes wait for longer than those of a request
    // that has been answered: its caller thinks that they have arrived.
    boolean waited = !upload.isOpen() || upload.ended();
    looksInVain = waited && upload.writing() && !moved ? looksInVain + 1 : 0;
    return looksInVain >= (upload.isOpen() ? LOOKS_AT_TUNNEL : 1);
  }
}
