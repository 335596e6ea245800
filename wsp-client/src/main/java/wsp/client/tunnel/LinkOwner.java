package wsp.client.tunnel;

/** Keeps count of links, and of the exchanges on them. */
public interface LinkOwner {
  /** Where it leads, for logs. */
  String target();

  /** It has greeted and carries nothing. */
  void opened(ClientLink link);

  /** One exchange more; false if those are more than there may be: it has to be refused. */
  boolean busy(ClientLink link);

  /** One exchange less: there is room for another. */
  void idle(ClientLink link);

  /** The server opens no more exchanges on it. */
  void draining(ClientLink link);

  /** It is over. */
  void closed(ClientLink link, Ending ending);
}
