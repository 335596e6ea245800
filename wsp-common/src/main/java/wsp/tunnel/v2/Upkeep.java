package wsp.tunnel.v2;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.tunnel.Reset;

/** The maintenance of a link's streams: breaks off those that hold up what others need. */
final class Upkeep<O, I> {
  static final String UNBORNE = "no memory for what its reader does not take: maxbuffered";
  private static final String STARVED = "the other side takes nothing of it";

  private final Link<O, I> link;

  Upkeep(Link<O, I> link) {
    this.link = link;
  }

  /**
   * One pass: breaks off the streams whose data has had no credit for so many passes in a row, and
   * those whose readers take nothing where there is no memory for it.
   */
  void pass(int passes) {
    List<LinkStream<O, I>> starved;
    List<LinkStream<O, I>> untaken;
    synchronized (link) {
      untaken = link.streams.untaken();
      starved = link.streams.starved(passes);
    }
    for (LinkStream<O, I> s : starved) link.breakOff(s, Reset.CANCELLED, Reset.STALLED, STARVED);
    for (LinkStream<O, I> s : untaken)
      if (givesWay(s)) link.breakOff(s, Reset.CANCELLED, Reset.NO_MEMORY, UNBORNE);
  }

  private boolean givesWay(LinkStream<O, I> s) {
    @Nullable Object reader = s.listener().reader();
    synchronized (link) {
      return !s.over && s.in.givesWay(reader);
    }
  }
}
