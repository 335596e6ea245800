package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final long SECOND = 1_000_000_000L;

  private final Resolver resolver = new Resolver();

  @Test
  void literals_are_there_at_once() throws Exception {
    assertEquals("127.0.0.1", resolver.atOnce("127.0.0.1", 0).get(0).getHostAddress());
    assertEquals("0:0:0:0:0:0:0:1", resolver.atOnce("::1", 0).get(0).getHostAddress());
  }

  @Test
  void a_name_is_there_at_once_for_ten_seconds_after_it_was_resolved() throws Exception {
    assertNull(resolver.atOnce("localhost", 0));
    resolver.resolve("localhost", 5 * SECOND);
    assertNotNull(resolver.atOnce("localhost", 15 * SECOND));
    assertNull(resolver.atOnce("localhost", 15 * SECOND + 1));
  }

  @Test
  void an_unknown_name_is_not_remembered() throws Exception {
    assertThrows(UnknownHostException.class, () -> resolver.resolve("no-such-host.invalid", 0));
    assertNull(resolver.atOnce("no-such-host.invalid", 0));
  }
}
