package wsp.client.httpclient;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Which connections were given up for their memory, by what this side has sent first there: what
 * {@code HttpClient} tells of them would blame the origin. The latest of them. Safe for all
 * threads.
 */
final class Departed {
  /** Those whose end HttpClient has not told yet are far fewer. */
  private static final int MOST = 4096;

  @GuardedBy("this")
  private final Set<ByteBuffer> known = new HashSet<>();

  @GuardedBy("this")
  private final Queue<ByteBuffer> inOrder = new ArrayDeque<>();

  private volatile boolean any;

  /** Before it ends. */
  synchronized void add(byte[] beginning) {
    ByteBuffer one = ByteBuffer.wrap(beginning.clone());
    if (!known.add(one)) return;
    inOrder.add(one);
    if (inOrder.size() > MOST) known.remove(inOrder.remove());
    any = true;
  }

  boolean has(byte[] beginning) {
    if (!any) return false;
    synchronized (this) {
      return known.contains(ByteBuffer.wrap(beginning));
    }
  }
}
