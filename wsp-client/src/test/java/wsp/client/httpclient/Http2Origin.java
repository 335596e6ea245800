package wsp.client.httpclient;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import wsp.config.ConfigFile;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * An origin that offers HTTP/2 (RFC 9113), of which it knows as much as it needs: every request is
 * answered with "h2", and as many as it takes at a time are let wait for the next one. Over
 * HTTP/1.1 the answer is "h1".
 */
final class Http2Origin implements AutoCloseable {
  private static final Path FILES =
      Path.of("..", "wsp-common", "src", "test", "resources", "tls").toAbsolutePath().normalize();
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int WINDOW_UPDATE = 8;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int USUAL_WINDOW = 65_535;
  private static final int END_HEADERS = 4;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;

  /** Bytes of the value of a field. */
  private static final int FIELD = 100;

  /** {@code :status: 200}, of the static table of HPACK (RFC 7541 §6.1). */
  private static final byte[] OK = {(byte) 0x88};

  /** {@code :status: 102}, whose name alone is in that table (§6.2.2). */
  private static final byte[] PROCESSING = {8, 3, '1', '0', '2'};

  /** Of a ping, or of any frame that has no meaning. */
  private static final byte[] EIGHT = new byte[8];

  private final SSLServerSocket listener;
  private final int most;
  private final AtomicInteger mostSeen = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean leaving;
  private volatile int interims;
  private volatile int noise = -1;
  private volatile int pieces;
  private volatile boolean endless;
  private volatile boolean cut;
  private volatile long window;
  private volatile long streamWindow;

  /**
   * @param most streams that it takes at a time on a connection; refuses those beyond
   */
  Http2Origin(int most) throws Exception {
    this.most = most;
    ConfigFile config =
        ConfigFile.parse(FILES.resolve("test.cfg").toString(), "{c: rsa.pem, k: rsa.key}");
    TlsFiles tls = TlsFiles.server(TlsSettings.ofServer(config, "c", "k", "a"));
    listener = (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket(0);
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-http2-origin");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "https://localhost:" + listener.getLocalPort() + "/";
  }

  /** The most streams that were open at a time. */
  int mostAtATime() {
    return mostSeen.get();
  }

  /** How many were made. */
  int connections() {
    return connections.get();
  }

  /** The next request on any connection is not looked at, and its connection ends. */
  void leaveAtNext() {
    leaving = true;
  }

  /** So many interim heads come before each answer from now on. */
  void workOn(int heads) {
    interims = heads;
  }

  /** From now on frames of this type come on the stream before each answer, without end. */
  void floodWith(int type) {
    noise = type;
  }

  /** The head of each answer has so many fields more from now on, each in a frame of its own. */
  void answersInPieces(int fields) {
    pieces = fields;
  }

  /** From now on no head has an end. */
  void endsNoHead() {
    endless = true;
  }

  /** A head that has been begun is not gone on with: the connection ends. */
  void endsConnections() {
    cut = true;
  }

  /** Bytes that the last engine takes before it has said more, on a connection. */
  long window() {
    return window;
  }

  /** The same, on a stream. */
  long streamWindow() {
    return streamWindow;
  }

  private void noteWindows(int type, int stream, byte[] payload) {
    ByteBuffer fields = ByteBuffer.wrap(payload);
    if (type == WINDOW_UPDATE && stream == 0 && window == 0)
      window = USUAL_WINDOW + fields.getInt();
    while (type == SETTINGS && fields.remaining() > 0) {
      boolean found = fields.getShort() == INITIAL_WINDOW_SIZE;
      int value = fields.getInt();
      if (found) streamWindow = value;
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) listener.accept();
        connections.incrementAndGet();
        start(() -> serve(socket));
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      if (socket.getApplicationProtocol().equals("h2")) serve(in, socket.getOutputStream());
      else answerPlainly(in, socket.getOutputStream());
    } catch (IOException e) {
      // The engine has left.
    }
  }

  private static void answerPlainly(DataInputStream in, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readByte());
    out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh1".getBytes(StandardCharsets.US_ASCII));
    in.readByte();
  }

  private void serve(DataInputStream in, OutputStream out) throws IOException {
    in.readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
    frame(out, SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 0, (byte) most});
    Queue<Integer> open = new ArrayDeque<>();
    try {
      while (true) {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        int type = lengthAndType & 0xff;
        if (type == SETTINGS && flags != ACK) frame(out, SETTINGS, ACK, 0, new byte[0]);
        if (type == PING && flags != ACK) frame(out, PING, ACK, 0, payload);
        noteWindows(type, stream, payload);
        if (type == HEADERS && leaving) {
          leaving = false;
          frame(out, GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) (stream - 2), 0, 0, 0, 0});
          continue;
        }
        if (type == HEADERS) open.add(stream);
        mostSeen.accumulateAndGet(open.size(), Math::max);
        // They run beside each other as far as there is anything to read.
        while (!open.isEmpty() && (open.size() >= most || in.available() == 0))
          answer(out, open.remove());
      }
    } catch (EOFException e) {
      // The engine has left.
    }
  }

  private void answer(OutputStream out, int stream) throws IOException {
    for (int i = 0; i < interims; i++) frame(out, HEADERS, END_HEADERS, stream, PROCESSING);
    while (noise >= 0) frame(out, noise, 0, noise == SETTINGS || noise == PING ? 0 : stream, EIGHT);
    if (pieces > 0) pieces(out, stream);
    else frame(out, HEADERS, END_HEADERS, stream, OK);
    if (endless) return;
    frame(out, DATA, END_STREAM, stream, "h2".getBytes(StandardCharsets.US_ASCII));
  }

  private void pieces(OutputStream out, int stream) throws IOException {
    frame(out, HEADERS, 0, stream, OK);
    byte[] field = new byte[4 + FIELD];
    field[1] = 1;
    field[2] = 'a';
    field[3] = FIELD;
    Arrays.fill(field, 4, field.length, (byte) 'b');
    for (int i = 0; i < pieces; i++) frame(out, CONTINUATION, 0, stream, field);
    if (!endless) frame(out, CONTINUATION, END_HEADERS, stream, new byte[0]);
    if (cut) throw new EOFException();
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    byte[] bytes = new byte[9 + payload.length];
    bytes[2] = (byte) payload.length;
    bytes[3] = (byte) type;
    bytes[4] = (byte) flags;
    bytes[7] = (byte) (stream >>> 8);
    bytes[8] = (byte) stream;
    System.arraycopy(payload, 0, bytes, 9, payload.length);
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
