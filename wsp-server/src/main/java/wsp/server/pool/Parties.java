package wsp.server.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.limit.Budget;
import wsp.tunnel.v2.Windows;

/**
 * Whose the connections of clients are, and what memory each of these has. Ids cost a client
 * nothing, so what is short is shared by those who hold the connections, whatever ids they give
 * themselves. Guarded by the lock of {@link ClientPools}.
 */
final class Parties {
  /**
   * Whose a connection is.
   *
   * @param key the name of the one that it registers by
   * @param network its address, as it is counted
   */
  record Holder(String key, Object network) {
    static final Holder NOBODY = new Holder("", "");

    /** The one who has the key, wherever it is; that of the address where the key has no name. */
    Holder party() {
      return key.isEmpty() ? this : new Holder(key, "");
    }
  }

  /** What one of them has. */
  static final class Party {
    /** For envelopes that are not whole. */
    final Budget envelopes;

    /** For the connections themselves. */
    final Budget links;

    private @Nullable Windows windows;
    private int connections;

    private Party(Budget envelopes, Budget links) {
      this.envelopes = envelopes;
      this.links = links;
    }

    /** Its part of the memory for the windows of all. */
    Windows windows(Windows ofAll) {
      if (windows == null) windows = ofAll.ofPeer();
      return windows;
    }

    private boolean isOver() {
      return connections == 0 && (windows == null || windows.used() == 0);
    }
  }

  /** So many connections suffice for whatever a client of version 2 carries. */
  private static final int FEW = 2;

  private final Budget envelopes;

  /** The part of it for the connections themselves: the rest is for envelopes in any case. */
  private final Budget links;

  private final Map<Holder, Party> all = new HashMap<>();

  /** Those without connections whose answers still wait for slow readers. */
  private final Set<Holder> left = new HashSet<>();

  /**
   * @param bytes of envelopes and connections together
   */
  Parties(long bytes) {
    envelopes = new Budget(bytes);
    links = envelopes.part(forLinks(bytes));
  }

  /** From now on there are so many bytes. */
  void limit(long bytes) {
    envelopes.limit(bytes);
    links.limit(forLinks(bytes));
  }

  private static long forLinks(long bytes) {
    return bytes / 4 * 3;
  }

  /** True if one more connection of this holder finds memory. */
  boolean hasRoom(Holder holder) {
    Party there = all.get(holder.party());
    return (there == null ? links.fairPart() : there.links).suffices();
  }

  /** True if it has next to no connections: those that are kept for such as it are its, too. */
  boolean hasFew(Holder holder) {
    Party there = all.get(holder.party());
    return there == null || there.connections < FEW;
  }

  /** A connection of this holder comes in, and {@link #leaves} later. */
  Party comes(Holder holder) {
    left.removeIf(this::isForgotten);
    Party party =
        all.computeIfAbsent(holder.party(), h -> new Party(envelopes.fairPart(), links.fairPart()));
    party.connections++;
    return party;
  }

  /** One that came is out. */
  void leaves(Holder holder) {
    Party party = all.get(holder.party());
    if (party != null && --party.connections == 0 && !isForgotten(holder.party()))
      left.add(holder.party());
  }

  /** True if it has connections, or nothing at all, and is forgotten then. */
  private boolean isForgotten(Holder holder) {
    Party party = all.get(holder);
    if (party != null && party.isOver()) all.remove(holder);
    return party == null || party.connections > 0 || party.isOver();
  }
}
