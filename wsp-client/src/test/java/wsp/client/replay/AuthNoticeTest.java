package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wsp.client.origin.Route;

class AuthNoticeTest {
  @Test
  void theOperatorIsToldOnceAMinute() {
    long minute = TimeUnit.MINUTES.toNanos(1);
    Route route = new Route(false, "a.test", 80);
    AuthNotice notice = new AuthNotice();
    assertTrue(notice.about(route, Long.MAX_VALUE - 5));
    assertFalse(notice.about(route, Long.MAX_VALUE));
    assertFalse(notice.about(route, Long.MAX_VALUE - 5 + minute - 1));
    assertTrue(notice.about(route, Long.MAX_VALUE - 5 + minute));
  }
}
