package wsp.tunnel;

/** Why a stream ends early. */
public enum Reset {
  CANCELLED,
  /** Nothing of the request was executed: it may be sent by another link. */
  REFUSED,
  FAILED,
  /** The other side broke the order of messages, or a limit. */
  INVALID,
  /** The other side has taken nothing of its data for too long; the link is well. */
  STALLED,
  /** This side has no memory for what the other one says; the link is well. */
  NO_MEMORY,
  /** The link is lost, and whether the request was executed is not known. */
  LOST
}
