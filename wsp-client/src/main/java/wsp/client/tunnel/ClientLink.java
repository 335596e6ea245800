package wsp.client.tunnel;

/**
 * One link to a server: greets, then carries the exchanges that the server opens, as many at once
 * as its wire can, until it is closed. Safe for all threads.
 */
public interface ClientLink {
  /** The version of the wire that it speaks. */
  int wire();

  /** How many exchanges it carries at once. */
  int capacity();

  /** Once in a while, by the timer: finds out whether the server is still there. */
  void tick();

  /** Takes no more work: closes when what runs has finished, now or later. */
  void drain();

  /** Breaks it off at once; bytes that wait are lost. */
  void abort();
}
