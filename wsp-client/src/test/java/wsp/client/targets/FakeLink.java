package wsp.client.targets;

import wsp.client.tunnel.ClientLink;

/** A link that does nothing. */
final class FakeLink implements ClientLink {
  private final int wire;
  private final int capacity;

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
  public void tick() {}

  @Override
  public void drain() {}

  @Override
  public void abort() {}
}
