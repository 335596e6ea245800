package wsp.chaos;

/** What came of a request, as its caller saw it. */
enum Outcome {
  /** The answer to this very request, whole. */
  RIGHT,
  /** A 526, whole, with its reason. */
  ERROR_526,
  /** A 527, whole, with its reason. */
  ERROR_527,
  /** A 503, whole, with its reason. */
  ERROR_503,
  /** A 501, whole, with its reason: the client speaks version 1 of the wire. */
  ERROR_501,
  /** The answer broke off, and the caller could tell. */
  ABORT,
  /** The connection broke before an answer, while the server was down. */
  SERVER_LOST,
  /** No connection, while the server was down. */
  REFUSED,
  /** The caller itself left. */
  LEFT,
  /** Anything else. */
  WRONG
}
