package wsp.client.targets;

import wsp.client.tunnel.ClientLink;

/** A link of version 2 that does nothing. */
final class FakeLink implements ClientLink {
  private final int capacity;

  FakeLink(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public int wire() {
    return 2;
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
