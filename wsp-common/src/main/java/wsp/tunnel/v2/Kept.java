package wsp.tunnel.v2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;

/**
 * What has waited for slow readers for longer than a moment, of all streams of a daemon: as much as
 * is free of the memory for windows. Where it is more, streams give way: of whoever has most of it,
 * the one with most. Safe for all threads.
 */
final class Kept {
  private enum State {
    STAYS,
    GOES,
    GONE
  }

  private final Budget all;
  private final Budget memory;

  /** By reader, where that is known, and otherwise by peer. */
  @GuardedBy("this")
  private final Map<Object, Party> parties = new HashMap<>();

  /** Bytes of those that give way, and have not gone yet. */
  @GuardedBy("this")
  private long going;

  /** Part of all. */
  Kept(Budget all) {
    this.all = all;
    this.memory = all.part(Long.MAX_VALUE);
  }

  long used() {
    return memory.used();
  }

  /** For one stream of that party. */
  Part part(Object party) {
    return new Part(party);
  }

  /** Those of one party that stay. */
  private static final class Party {
    private long held;
    private final Set<Part> parts = new HashSet<>();

    long held() {
      return held;
    }
  }

  /** What has waited of one stream. */
  final class Part {
    private Object party;
    private final Budget.Share share = memory.share();

    // Guarded by the lock of all.
    private State state = State.STAYS;

    private Part(Object party) {
      this.party = party;
    }

    long held() {
      return share.held();
    }

    /** So many more bytes, or fewer. */
    void add(long bytes) {
      synchronized (Kept.this) {
        if (state == State.STAYS) count(this, bytes);
        else if (state == State.GOES) going += bytes;
        share.add(bytes);
        // Its reader was quicker.
        if (state == State.GOES && held() == 0) state = State.STAYS;
      }
    }

    /** True if its stream has to give way; its reader is who counts for it, if that is known. */
    boolean goes(@Nullable Object reader) {
      synchronized (Kept.this) {
        if (reader != null && state == State.STAYS) {
          long bytes = held();
          count(this, -bytes);
          party = reader;
          count(this, bytes);
        }
        makeRoom();
        return state == State.GOES;
      }
    }

    void close() {
      synchronized (Kept.this) {
        add(-held());
        state = State.GONE;
        share.close();
      }
    }
  }

  @GuardedBy("this")
  private void count(Part part, long bytes) {
    Party party = parties.computeIfAbsent(part.party, p -> new Party());
    party.held += bytes;
    if (part.held() + bytes > 0) party.parts.add(part);
    else party.parts.remove(part);
    if (party.parts.isEmpty()) parties.remove(part.party);
  }

  @GuardedBy("this")
  private void makeRoom() {
    while (memory.used() - going > all.limit() - all.used() + going) {
      Part most = most(parties.values());
      if (most == null) return;
      count(most, -most.held());
      going += most.held();
      most.state = State.GOES;
    }
  }

  private static @Nullable Part most(Collection<Party> parties) {
    return parties.stream()
        .max(Comparator.comparingLong(Party::held))
        .flatMap(party -> party.parts.stream().max(Comparator.comparingLong(Part::held)))
        .orElse(null);
  }
}
