package wsp.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Those who make much work with few bytes, each at full speed, or the same bytes as they should.
 */
enum Abuser {
  /** A caller's body in chunks of one byte. */
  UPLOAD_IN_CHUNKS {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      Caller c = f.with(new Caller(s.port()));
      c.head("POST", s.origin.url("/sink"), "Transfer-Encoding: chunked");
      f.aside(() -> f.pour(c.out, chunk(tiny)));
    }
  },

  /** A caller's body in records of TLS with one byte. */
  UPLOAD_IN_RECORDS(true) {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      TestTls.Link link = s.tls.connect(s.securePort());
      Caller c = f.with(new Caller(link.socket()));
      c.head("POST", s.origin.url("/sink"), "Content-Length: " + (1L << 40));
      f.aside(() -> f.pourRecords(link, tiny));
    }
  },

  /** A caller's requests, all at once; or each when the one before is answered. */
  PIPELINED_REQUESTS {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      Caller c = f.with(new Caller(s.port()));
      byte[] request = s.request(s.origin.url("/ok"), FairStage.CLIENT);
      if (tiny) {
        f.drain(c.in);
        f.aside(() -> f.pour(c.out, Flood.Block.of(request, request.length, 20)));
        return;
      }
      f.aside(
          () -> {
            while (!f.over()) {
              c.out.write(request);
              c.answer("GET");
              f.sent(request.length, request.length);
            }
          });
    }
  },

  /** A registered client's answer in frames of one byte. */
  CLIENT_FRAMES {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      WebSocketPeer peer = s.register(f);
      s.ask(f, "http://abuser.test/", s.abuser());
      f.aside(
          () -> {
            peer.message();
            peer.message();
            peer.frame(
                WebSocketPeer.TEXT, "{\"StatusCode\":200,\"Header\":{},\"ContentLength\":-1}");
            peer.frame(WebSocketPeer.BINARY_BEGINS, "");
            f.pour(peer.out, frame(peer, tiny));
          });
    }
  },

  /** Pings of a registered client, without payload. */
  CLIENT_PINGS {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      WebSocketPeer peer = s.register(f);
      f.aside(peer::drain);
      f.aside(() -> f.pour(peer.out, ping(peer, tiny)));
    }
  },

  /** A request of a server, its body in frames of one byte. */
  SERVER_FRAMES {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      WebSocketPeer peer = f.with(s.registered());
      f.aside(
          () -> {
            post(s, peer);
            f.pour(peer.out, frame(peer, tiny));
          });
    }
  },

  /** The same, each frame in a record of TLS. */
  SERVER_RECORDS(true) {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      WebSocketPeer peer = f.with(s.registeredOverTls());
      f.aside(
          () -> {
            post(s, peer);
            peer.gather();
            byte[] unit = peer.bytes(WebSocketPeer.CONTINUED, new byte[tiny ? 1 : 16_000]);
            while (!f.over()) {
              peer.out.write(unit);
              f.sent(unit.length + RECORD, tiny ? 1 : 16_000);
            }
          });
    }
  },

  /** Pings of a server, without payload. */
  SERVER_PINGS {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      WebSocketPeer peer = f.with(s.registered());
      f.aside(() -> f.pour(peer.out, ping(peer, tiny)));
    }
  },

  /** An answer of an origin in chunks of one byte. */
  ORIGIN_CHUNKS {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      s.origin.on(
          "/chunks",
          r -> {
            r.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            f.with(r.socket);
            f.pour(r.out, chunk(tiny));
          });
      s.ask(f, s.origin.url("/chunks"), FairStage.CLIENT);
    }
  },

  /** An answer of an origin in records of TLS with one byte. */
  ORIGIN_RECORDS(true) {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      s.onSecureRequest(
          link -> {
            link.socket().getOutputStream().write(ANSWER);
            f.with(link.socket());
            f.pourRecords(link, tiny);
          });
      s.ask(f, s.secureUrl(), FairStage.CLIENT);
    }
  },

  /** Interim heads of an origin, and never an answer; or the body of an answer. */
  INTERIM_HEADS {
    @Override
    void begin(FairStage s, Flood f, boolean tiny) throws IOException {
      Flood.Block heads =
          Flood.Block.of("HTTP/1.1 102 P\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 1, 10);
      s.origin.on(
          "/interim",
          r -> {
            f.with(r.socket);
            if (!tiny) r.out.write(ANSWER);
            f.pour(r.out, tiny ? heads : chunk(false));
          });
      f.aside(
          () -> {
            while (!f.over()) join(s.ask(f, s.origin.url("/interim"), FairStage.CLIENT));
          });
    }
  };

  /** Of TLS 1.3 around a payload: header, type, tag. */
  static final int RECORD = 22;

  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Length: " + (1L << 40) + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final boolean secure;

  Abuser() {
    this(false);
  }

  Abuser(boolean secure) {
    this.secure = secure;
  }

  /** True if the price of TLS is in it. */
  boolean secure() {
    return secure;
  }

  /** Goes on until the flood is over. */
  abstract void begin(FairStage s, Flood f, boolean tiny) throws IOException;

  private static void join(Thread t) throws IOException {
    try {
      t.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Flood.Block chunk(boolean tiny) {
    int n = tiny ? 1 : 16_000;
    String unit = Integer.toHexString(n) + "\r\n" + "x".repeat(n) + "\r\n";
    return Flood.Block.of(unit.getBytes(StandardCharsets.US_ASCII), n);
  }

  private static Flood.Block frame(WebSocketPeer peer, boolean tiny) {
    int n = tiny ? 1 : 16_000;
    return Flood.Block.of(peer.bytes(WebSocketPeer.CONTINUED, new byte[n]), n);
  }

  private static Flood.Block ping(WebSocketPeer peer, boolean tiny) {
    return Flood.Block.of(peer.bytes(WebSocketPeer.PING, new byte[tiny ? 0 : 125]), 0);
  }

  private static void post(FairStage s, WebSocketPeer peer) throws IOException {
    String url = s.origin.url("/sink");
    peer.frame(
        WebSocketPeer.TEXT,
        "{\"Method\":\"POST\",\"URL\":\"" + url + "\",\"Header\":{},\"ContentLength\":-1}");
    peer.frame(WebSocketPeer.BINARY_BEGINS, "");
  }
}
