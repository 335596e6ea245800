package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.client.httpclient.Talk.read;
import static wsp.client.httpclient.Talk.write;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.address.AddressGuard;
import wsp.address.SystemNames;
import wsp.client.origin.Failure;
import wsp.client.origin.Names;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.config.ConfigFile;

/** Whom the way to secure origins is open for, and where it leads. */
@Timeout(30)
class PassagesTest {
  private static final String OPEN = "HTTP/1.1 200 OK\r\n\r\n";
  private static final int STRANGERS = 20;
  private static final int MOST = 3;

  @AutoClose private ServerSocket origin;
  @AutoClose private Names names;
  private volatile Set<?> used = Set.of();
  @AutoClose private Passages passages;
  private final CompletableFuture<ReplayException> refused = new CompletableFuture<>();

  private volatile Runnable whenRefused = () -> {};

  @BeforeEach
  void start() throws Exception {
    origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    names = new Names(SystemNames::all);
    open(SocketChannel::open);
  }

  private void open(Passages.Sockets sockets) throws IOException {
    passages =
        new Passages(names, new StreamLimit(), 1L << 33, STRANGERS, MOST, () -> used, sockets);
  }

  private Route route() {
    return new Route(true, "localhost", origin.getLocalPort());
  }

  private String ticket(Route route) {
    return ticket(() -> route);
  }

  private String ticket(Supplier<Route> route) {
    return passages.tickets.expect(
        new Tickets.Ticket() {
          @Override
          public Route route() {
            return route.get();
          }

          @Override
          public AddressGuard guard() {
            return AddressGuard.DEFAULT;
          }

          @Override
          public void refused(ReplayException why) {
            whenRefused.run();
            refused.complete(why);
          }
        });
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), passages.address.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Socket ask(String place, String ticket) throws IOException {
    Socket socket = connect();
    String field = ticket.isEmpty() ? "" : "Proxy-wsp-Passage: " + ticket + "\r\n";
    String asked = "CONNECT " + place + " HTTP/1.1\r\nHost: x\r\n" + field + "\r\n";
    for (String piece : asked.split("(?<=[ \n])")) write(socket, piece);
    return socket;
  }

  private void assertUntouched() throws IOException {
    origin.setSoTimeout(1);
    assertThrows(SocketTimeoutException.class, () -> origin.accept());
  }

  @Test
  void whoIsRefusedHearsOfItBeforeTheConnectionEnds() throws Exception {
    var asked = new CompletableFuture<Socket>();
    var open = new CompletableFuture<Boolean>();
    whenRefused = () -> open.complete(Talk.isOpen(asked.join()));
    try (Socket client = ask("elsewhere.example:443", ticket(route()))) {
      asked.complete(client);
      assertEquals(Failure.INTERNAL, refused.get(10, TimeUnit.SECONDS).failure());
      assertTrue(open.get());
    }
  }

  @Test
  void withATicketBytesGoBothWaysOnceTheClientHasSpoken() throws Exception {
    try (Socket client = ask(route().name(), ticket(route()));
        Socket there = origin.accept()) {
      write(there, "late");
      assertEquals(OPEN, read(client, OPEN.length()));
      // Only what comes too early would be here: nothing is waited for that is to come.
      client.setSoTimeout(200);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
      client.setSoTimeout(10_000);
      write(client, "hello");
      assertEquals("hello", read(there, 5));
      assertEquals("late", read(client, 4));
      there.shutdownOutput();
      assertEquals(-1, client.getInputStream().read());
      // Else what the client says meanwhile would take the last words of the origin with it.
      write(client, "more");
      assertEquals("more", read(there, 4));
    }
  }

  @Test
  void whatAnOriginHasSaidArrivesThoughItListensNoMore() throws Exception {
    byte[] much = new byte[100_000];
    try (Socket client = ask(route().name(), ticket(route()))) {
      try (Socket there = origin.accept()) {
        assertEquals(OPEN, read(client, OPEN.length()));
        write(client, "hello");
        assertEquals("hello", read(there, 5));
        there.getOutputStream().write(much);
        write(client, "not read: the origin's system resets the connection");
        assertEquals('n', there.getInputStream().read());
      }
      assertEquals(much.length, client.getInputStream().readNBytes(much.length).length);
    }
  }

  @Test
  void withoutATicketThereIsNoWay() throws Exception {
    Talk.assertShut(ask(route().name(), ""));
    Talk.assertShut(ask(route().name(), "0123456789abcdef0123456789abcdef"));
    assertUntouched();
  }

  @Test
  void thoseWithoutATicketKeepNobodyOut() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    Deque<Socket> idle = new ArrayDeque<>();
    for (int i = 0; i < 2 * STRANGERS; i++) idle.add(new Socket(here, passages.address.getPort()));
    try (Socket client = ask(route().name(), ticket(route()))) {
      assertEquals(OPEN, read(client, OPEN.length()));
      for (int i = 0; i < STRANGERS; i++) Talk.assertShut(idle.remove());
    }
    for (Socket socket : idle) socket.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void beyondWhatTheHeapBearsAnIdleOneGoesOrThereIsNoWay(boolean busy) throws Exception {
    if (busy) used = Set.of(route());
    Deque<Socket> open = new ArrayDeque<>();
    for (int i = 0; i < MOST; i++) {
      open.add(ask(route().name(), ticket(route())));
      assertEquals(OPEN, read(open.getLast(), OPEN.length()));
    }
    open.add(ask(route().name(), ticket(route())));
    if (busy) {
      Talk.assertShut(open.removeLast());
      assertEquals(Failure.NO_MEMORY, refused.get(10, TimeUnit.SECONDS).failure());
    } else {
      assertEquals(OPEN, read(open.getLast(), OPEN.length()));
      assertEquals(Passage.NO_TLS, open.getFirst().getInputStream().read());
    }
    for (Socket each : open) each.close();
  }

  @Test
  void aTicketIsGoodOnce() throws Exception {
    String ticket = ticket(route());
    try (Socket client = ask(route().name(), ticket)) {
      assertEquals(OPEN, read(client, OPEN.length()));
      Talk.assertShut(ask(route().name(), ticket));
    }
  }

  @Test
  void aTicketThatIsNotNeededAnyMoreIsGoodForNothing() throws Exception {
    String ticket = ticket(route());
    passages.tickets.forget(ticket);
    Talk.assertShut(ask(route().name(), ticket));
    assertUntouched();
  }

  @Test
  void aTicketLeadsToNoOtherOrigin() throws Exception {
    Talk.assertShut(ask("127.0.0.1:" + origin.getLocalPort(), ticket(route())));
    assertEquals(Failure.INTERNAL, refused.get(10, TimeUnit.SECONDS).failure());
    assertUntouched();
  }

  @Test
  void anAddressThatIsNotAllowedIsNotConnectedTo() throws Exception {
    names.guard(AddressGuard.of(ConfigFile.parse("x", "denyaddresses: [127.0.0.0/8, '::1']")));
    Talk.assertShut(ask(route().name(), ticket(route())));
    assertEquals(Failure.PROHIBITED_ADDRESS, refused.get(10, TimeUnit.SECONDS).failure());
    assertUntouched();
  }

  @Test
  void anOriginThatRefusesIsTold() throws Exception {
    Route route = route();
    origin.close();
    Talk.assertShut(ask(route.name(), ticket(route)));
    ReplayException why = refused.get(10, TimeUnit.SECONDS);
    assertEquals(Failure.REFUSED, why.failure());
    assertTrue(why.getMessage().contains(route.name()), why.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~",
        "GET %s HTTP/1.1|Host: x|Proxy-Wsp-Passage: %s||",
        "CONNECT %s HTTP/1.1|Proxy-Wsp-Passage: %s||",
        "CONNECT %s HTTP/1.1|Host: x|Proxy-Wsp-Passages: %s||",
        "CONNECT %s HTTP/1.1|Host: x|Proxy-Wsp-Passage: %s||GET",
        "CONNECT %s HTTP/1.1|Host: x|Proxy-Wsp-Passage: %s|Long: ~||",
      })
  void whatAsksOtherwiseIsShut(String text) throws Exception {
    String asked = text.formatted(route().name(), ticket(route())).replace("|", "\r\n");
    try (Socket client = connect()) {
      write(client, asked.replace("~", "x".repeat(9000)));
      Talk.assertShut(client);
      assertUntouched();
    }
  }

  /** As where this machine has no IPv6, or this Java was told not to use it. */
  private void onlyIpv4(String... addresses) throws IOException {
    passages.close();
    names.close();
    InetAddress[] all = new InetAddress[addresses.length];
    for (int i = 0; i < all.length; i++) all[i] = InetAddress.getByName(addresses[i]);
    names = new Names(host -> all);
    open(() -> SocketChannel.open(StandardProtocolFamily.INET));
  }

  @Test
  void anAddressOfAFamilyThatThereIsNotHereIsTold() throws Exception {
    onlyIpv4("::1");
    Talk.assertShut(ask(route().name(), ticket(route())));
    ReplayException why = refused.get(5, TimeUnit.SECONDS);
    assertEquals(Failure.UNREACHABLE, why.failure());
    assertTrue(why.getMessage().contains(route().name()), why.getMessage());
  }

  @Test
  void anAddressOfAFamilyThatThereIsNotHereIsPassedOver() throws Exception {
    onlyIpv4("::1", "127.0.0.1");
    try (Socket client = ask(route().name(), ticket(route()))) {
      assertEquals(OPEN, read(client, OPEN.length()));
    }
  }

  @Test
  void whatGoesWrongWithOneIsToldAndCostsNoOther() throws Exception {
    Supplier<Route> wrong =
        () -> {
          throw new IllegalStateException("for a test");
        };
    Talk.assertShut(ask(route().name(), ticket(wrong)));
    assertEquals(Failure.INTERNAL, refused.get(5, TimeUnit.SECONDS).failure());
    try (Socket client = ask(route().name(), ticket(route()))) {
      assertEquals(OPEN, read(client, OPEN.length()));
    }
  }
}
