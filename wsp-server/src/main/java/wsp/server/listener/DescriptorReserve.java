package wsp.server.listener;

import java.util.OptionalLong;
import wsp.process.Descriptors;

/**
 * How many connections the port may have, so that some file descriptors are left for what else the
 * daemon opens: its configuration, certificates, logs and the admin port go on working while
 * callers take all they can get.
 *
 * @param connections the most there may be
 * @param kept how many descriptors are left then
 */
record DescriptorReserve(long connections, long kept) {
  private static final long MOST_KEPT = 64;

  /** For the process as it is before its first connection. */
  static DescriptorReserve ofProcess() {
    return of(Descriptors.limit(), Descriptors.open());
  }

  static DescriptorReserve of(OptionalLong limit, OptionalLong open) {
    if (limit.isEmpty() || open.isEmpty()) return new DescriptorReserve(Long.MAX_VALUE, 0);
    long free = Math.max(0, limit.getAsLong() - open.getAsLong());
    long kept = Math.min(MOST_KEPT, free / 4);
    return new DescriptorReserve(Math.max(1, free - kept), kept);
  }
}
