package wsp.server;

/**
 * A key and whose it is.
 *
 * @param name for logs; empty for the one key that has none, {@code secretkey}
 */
record NamedKey(String name, KeyDigest key) {}
