package wsp.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** A handshake in memory, and what came of it on both sides. */
record Handshake(SSLSession client, SSLSession server) {
  /** Messages go to and fro a few times at the most. */
  private static final int MAX_TURNS = 50;

  static Handshake between(TlsFiles client, TlsFiles server, String host, String... protocols)
      throws SSLException {
    SSLEngine to = client.context().createSSLEngine(host, 443);
    client.configure(to);
    if (protocols.length > 0) to.setEnabledProtocols(protocols);
    SSLEngine from = server.context().createSSLEngine();
    server.configure(from);
    ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
    to.beginHandshake();
    for (int i = 0; i < MAX_TURNS; i++) {
      step(to, toServer, toClient);
      step(from, toClient, toServer);
    }
    if (busy(to) || busy(from)) throw new AssertionError("the handshake does not end");
    return new Handshake(to.getSession(), from.getSession());
  }

  private static boolean busy(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  /** What it has to say goes out, and what has come is taken. */
  static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    ByteBuffer data = ByteBuffer.allocate(1 << 16);
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)
      engine.wrap(ByteBuffer.allocate(0), out);
    in.flip();
    // What a server sends after the handshake is taken too.
    if (in.hasRemaining()) engine.unwrap(in, data);
    in.compact();
    Runnable task;
    while ((task = engine.getDelegatedTask()) != null) task.run();
  }
}
