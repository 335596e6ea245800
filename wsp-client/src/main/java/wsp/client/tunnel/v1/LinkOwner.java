package wsp.client.tunnel.v1;

/** Keeps count of links. */
public interface LinkOwner {
  /** Where it leads, for logs. */
  String target();

  /** It has greeted and is idle. */
  void opened(ClientLink link);

  /** A request has come. */
  void busy(ClientLink link);

  /** It is ready for the next request. */
  void idle(ClientLink link);

  /** It is over. */
  void closed(ClientLink link, ClientLink.Ending ending);
}
