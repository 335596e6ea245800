package wsp.client.targets;

import wsp.client.tunnel.ClientLink;

/** A link that does nothing, or fails at it. */
final class FakeLink implements ClientLink {
  private final int wire;
  private final int capacity;
  boolean fails;
  int ticks;
  boolean aborted;

  FakeLink(int capacity) {
    this(2, capacity);
  }

  FakeLink(int wire, int capacity) {
    this.wire = wire;
    this.capacity = capacity;
  }

  @Override
  public int wire() {
    return wire;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public void tick() {
    ticks++;
    if (fails) throw new IllegalStateException("for a test");
  }

  @Override
  public void drain() {}

  @Override
  public void abort() {
    aborted = true;
  }
}
