package wsp.client.targets;

import java.util.function.IntFunction;

/**
 * What one target may have of the file descriptors: the servers behind its name share that alike,
 * however many they are, and take nothing of other targets. Safe for all threads.
 */
final class TargetShare {
  /**
   * What each server has.
   *
   * @param servers how many there are
   * @param requests how many may be here at once of each
   */
  record Each(int servers, int requests, Sizes sizes) {}

  private final int requests;
  private final IntFunction<Sizes> sizes;
  private volatile Each each;

  /**
   * That of one server, until others are found.
   *
   * @param requests how many may be here at once, of all its servers
   * @param sizes of a pool that may have so many of them
   */
  TargetShare(int requests, IntFunction<Sizes> sizes) {
    this.requests = requests;
    this.sizes = sizes;
    this.each = of(1);
  }

  private Each of(int servers) {
    int some = Math.max(1, requests / servers);
    return new Each(servers, some, sizes.apply(some));
  }

  /** So many servers share it from now on; false if it was so before. For one thread at a time. */
  boolean among(int servers) {
    int n = Math.max(1, servers);
    if (n == each.servers) return false;
    each = of(n);
    return true;
  }

  Each each() {
    return each;
  }

  Sizes sizes() {
    return each.sizes;
  }
}
