package wsp.config;

/** Which statuses tell a caller what WSP itself has to say. */
public enum ErrorCodes {
  /** 526 and 527, as the original daemons have it. */
  LEGACY,
  /** Those of RFC 9110: 400, 403, 407, 429, 502, 503 and 504. */
  STANDARD
}
