package wsp.client.httpclient;

import java.io.IOException;
import java.time.Duration;
import wsp.address.NameLookup;
import wsp.client.origin.DepartedRequests;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.OriginLimits;
import wsp.tls.TlsFiles;

/** Requests of the engine httpclient that are over. */
class DepartedRequestTest extends DepartedRequests {
  static {
    Duration limit = Duration.ofSeconds(10);
    JvmSettings.set(new OriginLimits(limit, limit, limit, 256 << 10));
  }

  @Override
  protected OriginEngine engine(OriginLimits limits, TlsFiles tls, NameLookup names)
      throws IOException {
    HttpClientEngine engine = new HttpClientEngine(limits, tls, true, names);
    closeAfterwards(engine);
    return engine;
  }

  @Override
  protected boolean isOurs() {
    return false;
  }
}
