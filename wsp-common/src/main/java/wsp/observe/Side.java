package wsp.observe;

import wsp.text.Ascii;

/** Who is to blame for a failure. */
public enum Side {
  CALLER,
  SERVER,
  CLIENT,
  ORIGIN;

  /** In words, as a daemon that is one of them says it. */
  public String words(Side own) {
    return (this == own ? "this " : "the ") + Ascii.lower(name());
  }
}
