package wsp.tunnel.v2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.tunnel.Reset;
import wsp.tunnel.Stream;
import wsp.tunnel.StreamListener;
import wsp.websocket.FrameCarrier;
import wsp.websocket.FrameHeader;
import wsp.websocket.FrameWriter;
import wsp.websocket.Masking;
import wsp.websocket.ProtocolViolationException;

/** Both ends of a link, whose bytes move when {@link #run} says so. */
final class Pair {
  static final int WINDOW = 1000;

  final Budget heads = new Budget(5000);
  final Windows windows = new Windows(1 << 20);
  final Wire toClient = new Wire(FrameHeader.ofServer());
  final Wire toServer = new Wire(FrameHeader.ofClient());
  final List<Heard<ResponseEnvelope, RequestEnvelope>> served = new ArrayList<>();
  final Link<RequestEnvelope, ResponseEnvelope> server;
  final Link<ResponseEnvelope, RequestEnvelope> client;
  final Owner<RequestEnvelope, ResponseEnvelope> serverOwner = new Owner<>();
  final Owner<ResponseEnvelope, RequestEnvelope> clientOwner = new Owner<>();

  Pair() {
    this(new LinkTerms(4, WINDOW, 300));
  }

  Pair(LinkTerms terms) {
    Link.Limits limits = new Link.Limits(terms, terms, 2000, windows, heads);
    server = new Link<>(toClient, FrameWriter.ofServer(), Heads.OF_SERVER, limits, serverOwner);
    client =
        new Link<>(
            toServer, FrameWriter.ofClient(() -> 0x01020304), Heads.OF_CLIENT, limits, clientOwner);
    clientOwner.served = served;
  }

  /** What one side hears of a stream. */
  static final class Heard<O, I> implements StreamListener<O, I> {
    final List<String> events = new ArrayList<>();
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    LinkStream<O, I> stream;
    boolean pausing;

    /**
     * The event that it does not bear: open, interim, head, data, trailers, pause, end, or reset.
     */
    String failsAt = "";

    /** How often it heard of data. */
    int pieces;

    @Override
    public void onOpen(Stream<O> opened) {
      at("open");
    }

    @Override
    public void onInterim(I head) {
      events.add("interim " + head);
      at("interim");
    }

    @Override
    public void onHead(I head) {
      events.add("head");
      at("head");
    }

    @Override
    public void onData(ByteBuffer part, boolean last) {
      pieces++;
      while (part.hasRemaining()) data.write(part.get());
      if (last) events.add("last");
      if (pausing) stream.pause();
      at("data");
    }

    @Override
    public void onTrailers(Headers fields) {
      events.add("trailers " + fields.all("X-Sum"));
      at("trailers");
    }

    @Override
    public void onPause() {
      at("pause");
    }

    @Override
    public void onEnd() {
      events.add("end");
      at("end");
    }

    @Override
    public void onReset(Reset why, String words) {
      events.add(why + " " + words);
      at("reset");
    }

    private void at(String event) {
      if (failsAt.equals(event)) throw new IllegalStateException("for a test");
    }
  }

  static final class Owner<O, I> implements Link.Owner<O, I> {
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    List<Heard<O, I>> served = new ArrayList<>();

    /** Of those that are served from now on. */
    String failsAt = "";

    @Override
    public StreamListener<O, I> accept(LinkStream<O, I> stream, I head) {
      Heard<O, I> heard = new Heard<>();
      heard.stream = stream;
      heard.failsAt = failsAt;
      served.add(heard);
      return heard;
    }

    @Override
    public void ended(LinkStream<O, I> stream) {
      events.add("ended " + stream.id);
    }

    @Override
    public void draining() {
      events.add("draining");
    }

    @Override
    public void violated(String why) {
      events.add("violated " + why);
    }
  }

  /** Bytes on their way in one direction, and what their sender's socket does. */
  static final class Wire implements FrameCarrier {
    private final FrameHeader header;
    private final Deque<ByteBuffer> written = new ArrayDeque<>();
    private Runnable whenWritten = () -> {};
    final List<byte[]> messages = new ArrayList<>();
    boolean full;

    /** Bytes of the largest buffer for one write. */
    int largest;

    String closed = "";

    Wire(FrameHeader header) {
      this.header = header;
    }

    @Override
    public ByteBuffer buffer(int bytes) {
      largest = Math.max(largest, bytes);
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public void sendFrames(ByteBuffer frames) {
      written.add(frames);
    }

    @Override
    public boolean congested() {
      return full;
    }

    @Override
    public void whenWritten(Runnable action) {
      whenWritten = action;
    }

    @Override
    public void close(int code, String reason) {
      closed = code + " " + reason;
    }

    /** The socket takes more. */
    void drained() {
      full = false;
      whenWritten.run();
    }

    /** The payloads of the frames that were written since the last call. */
    List<ByteBuffer> take() {
      List<ByteBuffer> all = new ArrayList<>();
      for (ByteBuffer b; (b = written.poll()) != null; ) {
        while (b.hasRemaining()) all.add(frame(b));
      }
      return all;
    }

    private ByteBuffer frame(ByteBuffer in) {
      try {
        if (!header.read(in)) throw new AssertionError("part of a frame");
      } catch (ProtocolViolationException e) {
        throw new AssertionError(e);
      }
      byte[] payload = new byte[(int) header.payload()];
      in.get(payload);
      Masking.apply(ByteBuffer.wrap(payload), 0, payload.length, header.mask());
      messages.add(payload);
      return ByteBuffer.wrap(payload);
    }
  }

  /** Moves bytes until none are left. */
  void run() {
    for (boolean more = true; more; ) {
      List<ByteBuffer> down = toClient.take();
      for (ByteBuffer m : down) client.onBinary(m, true);
      if (!down.isEmpty()) client.onReadComplete();
      List<ByteBuffer> up = toServer.take();
      for (ByteBuffer m : up) server.onBinary(m, true);
      if (!up.isEmpty()) server.onReadComplete();
      more = !down.isEmpty() || !up.isEmpty();
    }
  }

  /** Opens a stream whose request has no body. */
  Heard<RequestEnvelope, ResponseEnvelope> get() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = opened();
    caller.stream.head(request(), bytes(""), true);
    return caller;
  }

  Heard<RequestEnvelope, ResponseEnvelope> opened() {
    Heard<RequestEnvelope, ResponseEnvelope> caller = new Heard<>();
    caller.stream = server.open(caller);
    if (caller.stream == null) throw new AssertionError("no room");
    return caller;
  }

  static RequestEnvelope request() {
    return new RequestEnvelope("GET", "http://o/", Headers.EMPTY, 0);
  }

  static ResponseEnvelope response(int status) {
    return new ResponseEnvelope(status, Headers.EMPTY, -1);
  }

  static ByteBuffer bytes(String s) {
    return ByteBuffer.wrap(s.getBytes(StandardCharsets.UTF_8));
  }

  /** A frame as either side may send it. */
  static ByteBuffer frame(int type, int id, String payload) {
    return frame(type, id, payload.getBytes(StandardCharsets.UTF_8));
  }

  static ByteBuffer frame(int type, int id, byte[] payload) {
    return ByteBuffer.allocate(5 + payload.length).put((byte) type).putInt(id).put(payload).flip();
  }
}
