package wsp.e2e;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy for WebSockets that keeps to RFC 6455 and to nothing else: it cuts messages into
 * fragments of its own, with pings between them, hands on together what came apart, and may hold
 * all back.
 */
final class Middlebox implements AutoCloseable {
  /** Whose subprotocols it drops, of which it knows none. */
  enum Strips {
    NOTHING,
    ALL,
    THE_SERVERS
  }

  private static final int PING = 9;
  private static final int LONGEST = 3000;

  private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final int to;
  private final Strips strips;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Messages that were cut. */
  final AtomicInteger cut = new AtomicInteger();

  // Guarded by this.
  private boolean holds;
  private int held;

  /**
   * @param strips which subprotocols it drops
   */
  Middlebox(int to, Strips strips) throws IOException {
    this.to = to;
    this.strips = strips;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(body, "middlebox");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        sockets.add(near);
        sockets.add(far);
        start(() -> pump(near, far, true));
        start(() -> pump(far, near, false));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) throw new UncheckedIOException(e);
    }
  }

  private void pump(Socket from, Socket into, boolean masked) {
    Random random = new Random(1);
    try (from;
        into) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
      BufferedOutputStream whole = new BufferedOutputStream(into.getOutputStream(), 1 << 16);
      DataOutputStream out = new DataOutputStream(whole);
      head(in, out, strips == Strips.ALL || (strips == Strips.THE_SERVERS && !masked));
      while (true) {
        if (in.available() == 0) out.flush();
        frame(in, out, masked, random);
        awaitRelease();
      }
    } catch (IOException e) {
      // Either end is gone, and so is the other.
    }
  }

  private static void head(DataInputStream in, DataOutputStream out, boolean drops)
      throws IOException {
    for (String line = line(in); !line.isEmpty(); line = line(in))
      if (!drops || !line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-protocol"))
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) line.append((char) b);
    return line.toString().strip();
  }

  private void frame(DataInputStream in, DataOutputStream out, boolean masked, Random random)
      throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte() & 0x7f;
    if (length == 126) length = in.readUnsignedShort();
    else if (length == 127) length = in.readLong();
    byte[] mask = in.readNBytes(masked ? 4 : 0);
    byte[] payload = in.readNBytes((int) length);
    for (int i = 0; masked && i < payload.length; i++) payload[i] ^= mask[i % 4];
    boolean fin = first >= 0x80;
    int opcode = first & 0xf;
    int at = 0;
    while (opcode < 8 && payload.length - at > 1) {
      int piece = 1 + random.nextInt(Math.min(LONGEST, payload.length - at - 1));
      write(out, opcode, masked, payload, at, piece);
      if (random.nextInt(4) == 0) write(out, 0x80 | PING, masked, new byte[] {'?'}, 0, 1);
      cut.incrementAndGet();
      opcode = 0;
      at += piece;
    }
    write(out, (fin ? 0x80 : 0) | opcode, masked, payload, at, payload.length - at);
  }

  /** With a mask that changes nothing. */
  private static void write(
      DataOutputStream out, int first, boolean masked, byte[] payload, int at, int length)
      throws IOException {
    int bit = masked ? 0x80 : 0;
    out.writeByte(first);
    out.writeByte(bit | (length < 126 ? length : length < 1 << 16 ? 126 : 127));
    if (length >= 1 << 16) out.writeLong(length);
    else if (length >= 126) out.writeShort(length);
    if (masked) out.writeInt(0);
    out.write(payload, at, length);
  }

  private synchronized void awaitRelease() throws IOException {
    try {
      if (holds) held++;
      while (holds) wait();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** From now on nothing is handed on; or all of it is again. */
  synchronized void hold(boolean now) {
    holds = now;
    held = now ? 0 : held;
    notifyAll();
  }

  /** True once something is held back. */
  synchronized boolean holdsSome() {
    return held > 0;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    hold(false);
    for (Socket s : sockets) s.close();
  }
}
