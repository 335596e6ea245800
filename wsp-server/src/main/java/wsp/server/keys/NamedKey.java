package wsp.server.keys;

/**
 * A key and its owner.
 *
 * @param name for logs; empty for the one key that has none, {@code secretkey}
 * @param scope as whom it may register
 */
public record NamedKey(String name, KeyDigest key, ClientScope scope) {
  /** One that may register by any id. */
  public NamedKey(String name, KeyDigest key) {
    this(name, key, ClientScope.ANY);
  }
}
