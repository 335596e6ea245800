package wsp.log;

import java.io.IOException;

/** Some lines of a block were not written; those before them were, and no half of one. */
final class LinesLostException extends IOException {
  private static final long serialVersionUID = 1;

  private final int lines;

  LinesLostException(IOException why, int lines) {
    super(why.getMessage(), why);
    this.lines = lines;
  }

  int lines() {
    return lines;
  }
}
