package wsp.client;

import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import wsp.client.httpclient.JvmSettings;
import wsp.client.origin.OriginLimits;

/** Runs the tests of a class once more, with {@code engine : httpclient}. */
final class WithHttpClient implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    setJvm();
    ClientFixture.engine = "httpclient";
  }

  @Override
  public void afterAll(ExtensionContext context) {
    ClientFixture.engine = "own";
  }

  /** HttpClient reads its settings once, whichever test comes first. */
  static void setJvm() {
    Duration limit = Duration.ofSeconds(4);
    JvmSettings.set(new OriginLimits(limit, limit, limit, 256 << 10), 100);
  }
}
