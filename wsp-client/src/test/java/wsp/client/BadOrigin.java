package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import wsp.client.origin.Failure;

/**
 * Origins, and servers, that make an exchange fail: one for each row of the table at least. Each
 * says where a request has to go to meet it.
 */
enum BadOrigin {
  DESTINATION_THAT_IS_NONE(
      Failure.INVALID_DESTINATION, (f, p, visit) -> visit.to("ftp://origin.test/")),
  METHOD_OF_A_TUNNEL(
      Failure.METHOD,
      (f, p, visit) -> {
        visit.to(f.origin.url("/tunnel"));
        assertEquals(null, f.origin.last("/tunnel"), "nothing of it may reach the origin");
      }),
  TUNNEL_TO_A_PORT_THAT_IS_NOT_LISTED(
      Failure.TUNNEL_PORT, (f, p, visit) -> visit.to("tcp://origin.test:443"), "tunnelports: [22]"),
  URL_ON_THE_BLACKLIST(
      Failure.FORBIDDEN,
      (f, p, visit) -> visit.to(f.origin.url("/denied")),
      "blacklist: [url: /denied]"),
  URL_NOT_ON_THE_WHITELIST(
      Failure.NOT_ALLOWED,
      (f, p, visit) -> visit.to(f.origin.url("/other")),
      "whitelist: [url: /ok]"),
  WITHOUT_AN_ADDRESS(
      Failure.UNKNOWN_HOST, (f, p, visit) -> visit.to("http://no-such-host.invalid/")),
  AT_A_PROHIBITED_ADDRESS(
      Failure.PROHIBITED_ADDRESS,
      (f, p, visit) -> visit.to("http://192.0.2.1/"),
      "denyaddresses: [192.0.2.1]"),
  NOBODY_THERE(Failure.REFUSED, (f, p, visit) -> visit.to("http://127.0.0.1:1/")),
  WITHOUT_A_ROUTE(
      Failure.UNREACHABLE,
      (f, p, visit) -> // No TCP connection leads to a multicast address.
      visit.to("http://224.0.0.1:9/"),
      "denyaddresses: []"),
  SILENT_AT_THE_DOOR(
      Failure.CONNECT_TIMEOUT,
      (f, p, visit) -> {
        List<SocketChannel> full = new ArrayList<>();
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          // Once its queue is full, the handshake of the next one is not answered.
          InetSocketAddress there = new InetSocketAddress("127.0.0.1", door.getLocalPort());
          for (int i = 0; i < 8; i++) {
            SocketChannel c = SocketChannel.open();
            full.add(c);
            c.configureBlocking(false);
            boolean unused = c.connect(there);
          }
          visit.to("http://127.0.0.1:" + door.getLocalPort() + "/");
        } finally {
          for (SocketChannel c : full) c.close();
        }
      },
      "connecttimeout: 1s"),
  PLAIN_WHERE_TLS_IS_DUE(
      Failure.TLS,
      (f, p, visit) -> {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
          FakeServer.start(() -> answerPlainly(plain));
          visit.to("https://127.0.0.1:" + plain.getLocalPort() + "/");
        }
      }),
  ZEROS_WHERE_TLS_IS_DUE(
      Failure.TLS,
      (f, p, visit) -> {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
          FakeServer.start(() -> answer(plain, "\0".repeat(64)));
          visit.to("https://127.0.0.1:" + plain.getLocalPort() + "/");
        }
      }),
  OF_LAST_YEARS_CERTIFICATE(
      Failure.CERTIFICATE_EXPIRED,
      (f, p, visit) ->
          visitOverTls(SelfSigned.listen("-startdate", "-3d", "-validity", "1"), visit)),
  OF_NEXT_YEARS_CERTIFICATE(
      Failure.CERTIFICATE_NOT_YET_VALID,
      (f, p, visit) -> visitOverTls(SelfSigned.listen("-startdate", "+3d"), visit)),
  OF_ANOTHER_NAME(
      Failure.CERTIFICATE_WRONG_NAME,
      (f, p, visit) -> visitOverTls(CertifiedDoor.listen("elsewhere"), visit),
      CertifiedDoor.trust("ca")),
  SIGNED_BY_ITSELF(
      Failure.CERTIFICATE_SELF_SIGNED, (f, p, visit) -> visitOverTls(SelfSigned.listen(), visit)),
  OF_UNKNOWN_AUTHORITY(
      Failure.CERTIFICATE_UNKNOWN_AUTHORITY,
      (f, p, visit) -> visitOverTls(CertifiedDoor.listen("rsa"), visit)),
  OF_UNKNOWN_ISSUER(
      Failure.CERTIFICATE_UNKNOWN_ISSUER,
      (f, p, visit) -> visitOverTls(CertifiedDoor.listen("ec"), visit)),
  WHOSE_CERTIFICATE_IS_FOR_CLIENTS(
      Failure.CERTIFICATE,
      (f, p, visit) -> visitOverTls(CertifiedDoor.listen("wrong-use"), visit),
      CertifiedDoor.trust("uses-ca")),
  CLOSES_BEFORE_ITS_HEAD(
      Failure.CLOSED_EARLY,
      (f, p, visit) -> visit.to(f.origin.url(ScriptedOrigin.Bad.CLOSE_BEFORE_HEAD.path()))),
  NEVER_ANSWERS(
      Failure.NO_ANSWER,
      (f, p, visit) -> {
        f.origin.on("/never", ScriptedOrigin.Request::awaitGone);
        visit.to(f.origin.url("/never"));
      },
      "responsetimeout: 500ms"),
  ENDS_NOT_WHAT_IT_BEGINS(
      Failure.NO_ANSWER,
      (f, p, visit) -> {
        f.origin.on(
            "/half",
            r -> {
              r.write("HTTP/1.1 200 OK\r\nX-A: ");
              r.awaitGone();
            });
        visit.to(f.origin.url("/half"));
      },
      "stalltimeout: 1s"),
  TALKS_GARBAGE(
      Failure.INVALID_RESPONSE,
      (f, p, visit) -> visit.to(f.origin.url(ScriptedOrigin.Bad.GARBAGE.path()))),
  HAS_A_HUGE_HEAD(
      Failure.LARGE_HEAD,
      (f, p, visit) -> visit.to(f.origin.url(ScriptedOrigin.Bad.ONE_HUGE_FIELD.path()))),
  HAS_A_HEAD_FOR_NO_ENVELOPE(
      Failure.LARGE_HEAD,
      (f, p, visit) -> {
        String latin1 = "\u00e9".repeat(200_000);
        f.origin.on("/l", r -> r.write("HTTP/1.1 200 OK\r\nX-A: " + latin1 + "\r\n\r\n"));
        visit.to(f.origin.url("/l"));
      }),
  HAS_A_CODING_OF_ITS_OWN(
      Failure.UNKNOWN_CODING,
      (f, p, visit) -> visit.to(f.origin.url(ScriptedOrigin.Bad.ZIPPED_TRANSFER.path()))),
  AUTHENTICATES_IN_STEPS(
      Failure.CONNECTION_AUTH,
      (f, p, visit) -> {
        f.origin.on(
            "/ntlm",
            r ->
                r.write(
                    "HTTP/1.1 401 No\r\n"
                        + "WWW-Authenticate: NTLM c2Vjb25k\r\n"
                        + "Content-Length: 0\r\n\r\n"));
        visit.to(f.origin.url("/ntlm"), "Authorization", "NTLM Zmlyc3Q=");
      }),
  MORE_THAN_THE_ENGINE_CAN(
      Failure.ENGINE,
      (f, p, visit) -> visit.to(f.origin.url("/ok"), "X-Name", "caf\u00e9"),
      "engine: httpclient"),
  CUTS_ITS_BODY(
      Failure.CUT_BODY,
      (f, p, visit) -> {
        String path = ScriptedOrigin.Cut.NO_LAST_CHUNK.path();
        p.get(f.origin.url(path));
        assertEquals(200, p.answerHead().status());
        f.origin.last(path).proceed.release();
        assertEquals(4527, p.closed(), "broken off");
      }),
  SERVER_THAT_SENDS_TOO_LITTLE(
      Failure.WRONG_LENGTH,
      (f, p, visit) -> {
        p.envelope("POST", f.origin.url("/ok"), 10);
        p.binary(new byte[5]);
        assertEquals(1008, p.closed());
      });

  final Failure provoked;
  private final Deed deed;
  final String[] configuration;

  BadOrigin(Failure provoked, Deed deed, String... configuration) {
    this.provoked = provoked;
    this.deed = deed;
    this.configuration = configuration;
  }

  private interface Deed {
    void meet(ClientFixture f, Peer p, Visit visit) throws IOException;
  }

  /** Sends a request there, and looks at what comes of it, while the place is as it has to be. */
  interface Visit {
    void to(String url, String... fields) throws IOException;
  }

  private static void visitOverTls(ServerSocket listener, Visit visit) throws IOException {
    try (listener) {
      FakeServer.start(() -> answerPlainly(listener));
      visit.to("https://127.0.0.1:" + listener.getLocalPort() + "/");
    }
  }

  /** By which it is asked. */
  String method() {
    return provoked == Failure.METHOD || provoked == Failure.TUNNEL_PORT ? "CONNECT" : "GET";
  }

  /** Prepares the place and has it visited; those that do not end in a 527 look for themselves. */
  void meet(ClientFixture f, Peer p, Visit visit) throws IOException {
    deed.meet(f, p, visit);
  }

  private static void answerPlainly(ServerSocket listener) {
    answer(listener, "HTTP/1.1 400 Bad\r\n\r\n");
  }

  private static void answer(ServerSocket listener, String text) {
    try (Socket s = listener.accept()) {
      s.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      s.getInputStream().readAllBytes();
    } catch (IOException e) {
      // It is the other end that is looked at.
    }
  }
}
