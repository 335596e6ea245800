package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.e2e.RawStage.Ends;
import wsp.e2e.RawStage.Kind;

/** Tunnels and upgrades in which nothing happens, past the limits of all that idles. */
class IdleTunnelsIT {
  private static final int ROUNDS = 2;

  private static final String LIMITS = "stalltimeout : 1s\ndeadpeer : 3s\n" + RawStage.LINES;
  private static final String SERVER =
      "calleridletimeout : 1s\nheadertimeout : 1s\nidletimeout : 500\ntimeout : 500\n" + LIMITS;
  private static final String CLIENT =
      "responsetimeout : 1s\nkeepalive : 1s\nconnecttimeout : 1s\npoolidlesize : 1\n" + LIMITS;

  @TempDir Path directory;

  @Test
  void noLimitEndsThemWhileBothEndsLive() throws Exception {
    try (RawStage stage = new RawStage(directory, SERVER, CLIENT);
        Ends tunnel = stage.open(Kind.CONNECT);
        Ends upgrade = stage.open(Kind.UPGRADE)) {
      for (int i = 0; i < ROUNDS; i++)
        try (Caller idle = new Caller(stage.tunnel.port)) {
          idle.head("GET", stage.tunnel.origin.url("/ok"));
          assertEquals("200 ok", idle.answer("GET").toString());
          assertEquals("end", RawStage.rest(idle), "a caller that asks for nothing more");
        }
      for (Ends e : new Ends[] {tunnel, upgrade}) {
        e.caller().send("up");
        assertEquals("up", RawStage.read(e.origin(), 2));
        e.origin().send("down");
        RawStage.half(e.origin());
        assertEquals("downend", RawStage.rest(e.caller()));
      }
    }
  }
}
