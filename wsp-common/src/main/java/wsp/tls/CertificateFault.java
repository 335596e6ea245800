package wsp.tls;

/** Why a certificate is not trusted: each has its own remedy. */
public enum CertificateFault {
  /** It, or one that it depends on, was valid until a date that is past (RFC 5280 §4.1.2.5). */
  EXPIRED,
  /** It will be valid from a date on; or the clock of this machine is wrong. */
  NOT_YET_VALID,
  /** It is for other names than the one that was asked for (RFC 9525 §6). */
  WRONG_NAME,
  /** Its own holder has signed it, and no authority. */
  SELF_SIGNED,
  /** It leads to an authority that is not among the trusted ones. */
  UNKNOWN_AUTHORITY,
  /** Its issuer is neither trusted nor sent along with it. */
  UNKNOWN_ISSUER,
  OTHER
}
