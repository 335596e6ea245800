package wsp.client.httpclient;

/**
 * What a {@link CheckedEngine} tells of its connection, and asks; each is known by what this side
 * has sent first there. Safe for all threads.
 */
interface Carriers {
  /** Without TLS, there are no passages. */
  Carriers NONE =
      new Carriers() {
        @Override
        public void wakesReader(byte[] beginning) {}

        @Override
        public boolean gaveWay(byte[] beginning) {
          return false;
        }

        @Override
        public void carries(String word, byte[] beginning) {}
      };

  /**
   * HttpClient is to look at this one, which it is not going on with: a byte that is no TLS comes
   * there.
   */
  void wakesReader(byte[] beginning);

  /** True if this one was given up, for others need the memory. */
  boolean gaveWay(byte[] beginning);

  /** The request with this word goes there, over HTTP/1.1. */
  void carries(String word, byte[] beginning);
}
