package wsp.client.replay;

/** Who is told, once, how the opening of a connection to an origin went. */
interface OriginOpening {
  /** It may be used. */
  void opened(OriginConnection connection);

  /** It never will be. */
  void failed(Exception cause);
}
