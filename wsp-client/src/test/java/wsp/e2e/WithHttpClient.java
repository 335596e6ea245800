package wsp.e2e;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the tests of a class once more, with {@code engine : httpclient}. */
final class WithHttpClient implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Tunnel.engine = "httpclient";
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Tunnel.engine = "own";
  }
}
