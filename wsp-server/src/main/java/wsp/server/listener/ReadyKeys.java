package wsp.server.listener;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The keys of one round of events, in a list. A selector's own set is a hash table, which never
 * shrinks: after a thousand events in one round, going through it and emptying it takes every later
 * round 3 µs, be it for a single event. For one selector thread.
 */
final class ReadyKeys extends AbstractSet<SelectionKey> {
  private final List<SelectionKey> keys = new ArrayList<>();

  /** Selects what is ready now, or within this time (0: does not wait), and forgets the rest. */
  void select(Selector selector, long millis) throws IOException {
    keys.clear();
    if (millis == 0) selector.selectNow(keys::add);
    else selector.select(keys::add, millis);
  }

  @Override
  public Iterator<SelectionKey> iterator() {
    return keys.iterator();
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public void clear() {
    keys.clear();
  }
}
