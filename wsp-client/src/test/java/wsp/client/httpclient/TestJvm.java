package wsp.client.httpclient;

import java.time.Duration;
import wsp.client.origin.OriginLimits;

/** The settings of HttpClient, which reads them once, whichever test comes first. */
final class TestJvm {
  private TestJvm() {}

  static void set() {
    Duration limit = Duration.ofSeconds(10);
    JvmSettings.set(new OriginLimits(limit, limit, limit, 256 << 10), 100);
  }
}
