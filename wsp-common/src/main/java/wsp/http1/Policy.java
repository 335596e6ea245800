package wsp.http1;

/**
 * How strictly messages of a role are read, where RFC 9112 leaves the recipient a choice.
 *
 * <p>Requests are read strictly: a line that two parsers could read differently is a way to smuggle
 * a second request past the rules. Of responses, whose senders are older and many, three habits are
 * tolerated, since the next hop gets the message in our own framing: a bare LF ends a line of a
 * head (§2.2), blanks before the colon of a field are removed (§5.1), and blanks may follow the
 * size of a chunk without an extension behind them.
 *
 * <p>All else is one rule: a CR stands before an LF and nowhere else, no line is folded (§5.2), no
 * control character stands in a field or in the framing of a chunk, CRLF alone ends the lines of a
 * chunk, and the line of a chunk's size has 4 KiB at the most.
 */
enum Policy {
  REQUEST("request", false, 2, 4 * 1024, 100),
  RESPONSE("response", true, Integer.MAX_VALUE, 64 * 1024, 1000);

  /** The word for the message in errors. */
  final String message;

  /** True where the three habits are tolerated. */
  final boolean lenient;

  /** Empty lines that are passed over before a head (§2.2); their bytes count as the head's. */
  final int emptyLines;

  final int trailerBytes;
  final int trailerFields;

  Policy(String message, boolean lenient, int emptyLines, int trailerBytes, int trailerFields) {
    this.message = message;
    this.lenient = lenient;
    this.emptyLines = emptyLines;
    this.trailerBytes = trailerBytes;
    this.trailerFields = trailerFields;
  }
}
