package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.failure.ProxyError;

/** Tunnels and upgrades under way, and a new configuration: they have no end of their own. */
class OpenTunnelsTest {
  private static final String OLD =
      "tunnelports: [443]\n"
          + "callers: [{name: one, key: TheKeyOfOne}, {name: two, key: TheKeyOfTwo}]\n"
          + "routes: [{path: /live, destination: 'http://api.test/', client: dc1}]\n";
  private static final String TUNNEL = "CONNECT api.test:443 HTTP/1.1\r\nHost: a\r\n";
  private static final String SOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  private static final String KEY = "Proxy-Authorization: Bearer TheKeyOfOne\r\n";

  private static RawCaller open(RunningServer server, LinkPeer peer, String way) throws Exception {
    String head =
        switch (way) {
          case "tunnel" -> TUNNEL;
          case "socket" ->
              "GET /request HTTP/1.1\r\nHost: a\r\nX-PROXY-DESTINATION: ws://api.test/\r\n"
                  + SOCKET;
          case "route" -> "GET /live HTTP/1.1\r\nHost: a\r\n" + SOCKET;
          default -> throw new IllegalArgumentException(way);
        };
    RawCaller caller = server.caller().send(head + KEY + "\r\n");
    int id = peer.next(LinkPeer.REQUEST).id();
    if (way.equals("tunnel")) peer.head(id, 200, -1);
    else peer.head(id, 101, -1, "Connection", "Upgrade", "Upgrade", "websocket");
    assertEquals(way.equals("tunnel") ? 200 : 101, caller.head().status());
    peer.send(LinkPeer.DATA, id, "x");
    assertEquals('x', caller.read());
    return caller;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tunnel | key: TheKeyOfOne | key: Another | UNAUTHORIZED",
        "socket | key: TheKeyOfOne | key: Another | UNAUTHORIZED",
        "route | key: TheKeyOfOne | key: Another | UNAUTHORIZED",
        "tunnel | 443 | 444 | TUNNEL_PORT",
        "tunnel | key: TheKeyOfOne | 'key: TheKeyOfOne, blacklist: [{url: ^tcp}]' | FORBIDDEN",
        "socket | name: two | 'name: two, blacklist: [{url: ^http}]' | NONE",
        "socket | tunnelports | 'whitelist: [{url: /other}]; tunnelports' | NOT_ALLOWED",
        "socket | tunnelports | 'upgrades: []; tunnelports' | INVALID_DESTINATION",
        "route | api.test | other.test | FORBIDDEN",
        "route | client: dc1 | client: dc2 | FORBIDDEN",
        "route | path: /live | path: /dead | UNKNOWN_PATH",
        "tunnel | '[443]' | '[22, 443]' | NONE",
        "tunnel | key: TheKeyOfOne | 'key: [TheKeyOfOne, Another]' | NONE",
        "socket | path: /live | path: /dead | NONE",
      })
  void whatMayNotBeAnyMoreEnds(String way, String from, String to, String error) throws Exception {
    try (RunningServer server = new RunningServer(OLD)) {
      LinkPeer peer = LinkPeer.as("dc1", server);
      RawCaller caller = open(server, peer, way);
      server.reload(OLD.replaceFirst(Pattern.quote(from), to.replace("; ", "\n")));
      if (error.equals("NONE")) {
        caller.send("more");
        assertEquals("more", peer.next(LinkPeer.DATA).text());
        return;
      }
      assertEquals(LinkPeer.RESET, peer.next().type());
      assertTrue(caller.ended());
      assertEquals(1, server.server.ledger.failures().of(ProxyError.valueOf(error)));
    }
  }

  @Test
  void aRequestIsFinishedUnderTheConfigurationThatItCameUnder() throws Exception {
    try (RunningServer server = new RunningServer(OLD)) {
      LinkPeer peer = LinkPeer.as("dc1", server);
      RawCaller caller = server.caller().request("GET", "/", KEY.trim());
      int id = peer.request().id();
      server.reload("");
      server.reload(OLD.replace("TheKeyOfOne", "Another"));
      peer.reply(id, "served");
      assertEquals("served", caller.answer().text());
    }
  }
}
