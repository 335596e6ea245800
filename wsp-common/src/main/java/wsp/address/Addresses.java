package wsp.address;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The addresses of one name, which its zone decides: one answer of the DNS may hold thousands. So
 * only the first few of them are kept and connected to. Stateless.
 */
public final class Addresses {
  /** More addresses of one name than these are left out. */
  public static final int MOST = 20;

  private Addresses() {}

  /**
   * Each address once, in the order of the resolver; of more than {@link #MOST}, the first ones of
   * the families in turn, so that none hides the other.
   */
  public static List<InetAddress> few(InetAddress... all) {
    return few(a -> true, all);
  }

  /** The same; of more than {@link #MOST}, those that are not permitted are left out before. */
  public static List<InetAddress> few(Predicate<InetAddress> permitted, InetAddress... all) {
    List<InetAddress> each = Arrays.stream(all).distinct().toList();
    if (each.size() <= MOST) return each;
    List<InetAddress> good = each.stream().filter(permitted).toList();
    if (!good.isEmpty()) each = good;
    if (each.size() <= MOST) return each;
    return List.copyOf(inTurns(each, each.get(0).getClass()).subList(0, MOST));
  }

  /** All addresses, the families in turn (RFC 8305 §4), from that one on, in the given order. */
  public static List<InetAddress> inTurns(List<InetAddress> all, Class<?> first) {
    Deque<InetAddress> one = new ArrayDeque<>();
    Deque<InetAddress> other = new ArrayDeque<>();
    for (InetAddress a : all) (first.isInstance(a) ? one : other).add(a);
    List<InetAddress> ordered = new ArrayList<>(all.size());
    for (boolean turn = true; !one.isEmpty() || !other.isEmpty(); turn = !turn) {
      Deque<InetAddress> next = turn ? one : other;
      if (!next.isEmpty()) ordered.add(next.remove());
    }
    return ordered;
  }
}
