package wsp.server.listener;

import wsp.limit.Refusals;

/** The lines of this package that strangers can cause; of all listeners of the process. */
final class Strangers {
  static final Refusals LINES = new Refusals();

  private Strangers() {}
}
