package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import wsp.address.NameLookup;
import wsp.client.origin.DepartedRequests;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.tls.TlsFiles;

/** Requests of the engine httpclient that are over. */
class DepartedRequestTest extends DepartedRequests {
  static {
    TestJvm.set();
  }

  @Override
  protected OriginEngine engine(OriginLimits limits, TlsFiles tls, NameLookup names)
      throws IOException {
    HttpClientEngine engine = new HttpClientEngine(limits, HEADS, tls, true, names);
    closeAfterwards(engine);
    return engine;
  }

  @Override
  protected boolean isOurs() {
    return false;
  }

  /** The first one has the origin for itself as long as there is no connection to share. */
  @Test
  void nothingRefersToARequestThatHasWaitedForRoomAtItsOrigin() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Origins origins = origins();
      String url = "https://127.0.0.1:" + origin.getLocalPort() + "/";
      Request first = new Request(origins, url, false, 0);
      try (Socket there = origin.accept()) {
        assertEquals(22, there.getInputStream().read());
        awaitForgotten(new Request(origins, url, false, 0).leave(true));
      }
      var unused = first.leave(true);
    }
  }
}
