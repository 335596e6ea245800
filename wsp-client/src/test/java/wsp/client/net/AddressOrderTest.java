package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.destination.IpLiteral;

class AddressOrderTest {
  private static final long MINUTE = 60_000_000_000L;

  private final AddressOrder order = new AddressOrder();

  private static List<InetAddress> addresses(String texts) {
    return Arrays.stream(texts.split(" ", -1)).map(IpLiteral::of).toList();
  }

  private String ordered(String place, String texts, long now) {
    return order.of(place, addresses(texts), now).stream()
        .map(a -> a.getHostAddress().replaceFirst("^.*:", "::"))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, 1.1.1.1",
    "1.1.1.1 1.1.1.2 ::1 ::2, 1.1.1.1 ::1 1.1.1.2 ::2",
    "::1 ::2 ::3 1.1.1.1, ::1 1.1.1.1 ::2 ::3",
    "1.1.1.1 1.1.1.2 1.1.1.3, 1.1.1.1 1.1.1.2 1.1.1.3",
    "1.1.1.1 1.1.1.1 ::1, 1.1.1.1 ::1 1.1.1.1",
  })
  void familiesTakeTurns(String resolved, String tried) {
    assertEquals(tried, ordered("a:1", resolved, 0));
  }

  @Test
  void whatAnsweredLastComesFirstForTenMinutesAndThenTheOtherFamily() {
    order.answered("a:1", IpLiteral.of("1.1.1.2"), 0);
    String all = "1.1.1.1 1.1.1.2 ::1";
    assertEquals("1.1.1.2 ::1 1.1.1.1", ordered("a:1", all, 10 * MINUTE));
    assertEquals("1.1.1.1 ::1 1.1.1.2", ordered("a:1", all, 10 * MINUTE + 1));
    assertEquals("1.1.1.1 ::1 1.1.1.2", ordered("a:2", all, 0));
  }

  @Test
  void anAddressThatTheNameHasNoMoreIsNotTried() {
    order.answered("a:1", IpLiteral.of("1.1.1.9"), 0);
    assertEquals("1.1.1.1 1.1.1.2", ordered("a:1", "1.1.1.1 1.1.1.2", 0));
  }

  @Test
  void whatWasOfNoUseIsForgotten() {
    order.answered("a:1", IpLiteral.of("1.1.1.2"), 0);
    order.failed("a:1", IpLiteral.of("1.1.1.1"));
    assertEquals("1.1.1.2 1.1.1.1", ordered("a:1", "1.1.1.1 1.1.1.2", 0));
    order.failed("a:1", IpLiteral.of("1.1.1.2"));
    assertEquals("1.1.1.1 1.1.1.2", ordered("a:1", "1.1.1.1 1.1.1.2", 0));
  }

  @Test
  void aThousandPlacesAreRememberedAndNoMore() {
    for (int i = 0; i <= 1000; i++) order.answered("a:" + i, IpLiteral.of("1.1.1.2"), 0);
    assertEquals("1.1.1.1 1.1.1.2", ordered("a:0", "1.1.1.1 1.1.1.2", 0));
    assertEquals("1.1.1.2 1.1.1.1", ordered("a:1", "1.1.1.1 1.1.1.2", 0));
  }
}
