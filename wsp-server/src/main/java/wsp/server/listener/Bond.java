package wsp.server.listener;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import wsp.text.Digest;

/**
 * What ties a caller's connection to those connections of origins that were authenticated for it
 * (RFC 4559 §6), and to the client that has these. There is nothing of it until a request carries
 * such authentication. For one exchange at a time, on any thread.
 */
public final class Bond {
  /** So that a client can tell callers apart, and not who they are. */
  private static final byte[] SECRET = new byte[16];

  private static final int PARTY_BYTES = 8;

  static {
    new SecureRandom().nextBytes(SECRET);
  }

  private final Object network;
  private final String owner;
  private volatile @Nullable String id;
  private volatile @Nullable String wanted;
  private volatile @Nullable String client;

  /** That of the last caller with a key. */
  private volatile @Nullable Bond named;

  /**
   * @param network the address of the connection, as it is counted
   */
  Bond(Object network) {
    this(network, "");
  }

  private Bond(Object network, String owner) {
    this.network = network;
    this.owner = owner;
  }

  /**
   * The bond of one of the callers that may share the connection, as a gateway's may be shared: of
   * another one's with a key, nothing is left. Requests without one, as some routes take them, have
   * a bond of their own, and end no other.
   *
   * @param name of the caller's key; empty for those without one
   */
  public Bond of(String name) {
    if (name.isEmpty()) return this;
    Bond last = named;
    if (last == null || !last.owner.equals(name)) {
      last = new Bond(network, name);
      named = last;
    }
    return last;
  }

  /** True once a request has carried authentication that belongs to a connection. */
  public boolean exists() {
    return id != null;
  }

  /**
   * A word for the connection, the same for all its requests: the same beginning for all
   * connections of its caller, or of its address without one, a dot, and what is random.
   */
  public String id() {
    String word = id;
    if (word == null) {
      word = party() + "." + UUID.randomUUID();
      id = word;
    }
    return word;
  }

  private String party() {
    String who = owner.isEmpty() ? "address " + network : "key " + owner;
    byte[] hash = Digest.sha256(SECRET, who.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, PARTY_BYTES);
  }

  /** A client has a request of the connection, by what its caller had asked for, if anything. */
  public void with(@Nullable String asked, String clientId) {
    wanted = asked;
    client = clientId;
  }

  /** The client that had the last request, if its caller asked for the same; null: none. */
  public @Nullable String client(@Nullable String asked) {
    return Objects.equals(asked, wanted) ? client : null;
  }
}
