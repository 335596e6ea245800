package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import wsp.client.websocket.Urls;

class DiscoveryTest {
  private static final long SECOND = 1_000_000_000L;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private String answer = "";
  private final Discovery discovery =
      new Discovery(
          new Target(Urls.of("ws://servers.test:81/register"), true),
          this::lookUp,
          Duration.ofSeconds(10),
          new Backoff(Duration.ofMillis(100), () -> 0.999),
          tasks::add,
          this::found);

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    asked.add(host);
    if (answer.equals("unknown")) throw new UnknownHostException(host);
    List<InetAddress> all = new ArrayList<>();
    for (String text : answer.split(" ")) {
      if (!text.isEmpty()) all.add(InetAddress.getByName(text));
    }
    return all.toArray(InetAddress[]::new);
  }

  private void found(Set<InetAddress> addresses) {
    found.add(addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" ")));
  }

  /** One pass, and the lookup if it begins one. */
  private void pass(long now) {
    discovery.tick(now);
    if (!tasks.isEmpty()) tasks.remove().run();
  }

  @Test
  void aNameIsLookedUpOnceInAnInterval() {
    answer = "10.0.0.1";
    pass(-5 * SECOND);
    for (int second = -4; second < 5; second++) pass(second * SECOND);
    assertEquals(List.of("servers.test"), asked);
    pass(5 * SECOND);
    assertEquals(2, asked.size());
    assertEquals(List.of("10.0.0.1", "10.0.0.1"), found);
  }

  @Test
  void addressesAreToldOnceEachAndInOneOrder() {
    answer = "10.0.0.2 fd00::1 10.0.0.1 10.0.0.2 ::ffff:10.0.0.1";
    pass(0);
    answer = "fd00::1 10.0.0.1 10.0.0.2";
    pass(10 * SECOND);
    assertEquals(found.get(0), found.get(1));
    assertEquals("10.0.0.1 10.0.0.2 fd00:0:0:0:0:0:0:1", found.get(0));
  }

  @Test
  void whatIsNoAddressOfAMachineIsLeftOut() {
    answer = "0.0.0.0 224.0.0.1 10.0.0.1 ::";
    pass(0);
    assertEquals(List.of("10.0.0.1"), found);
  }

  @Test
  void anAnswerWithoutAddressesChangesNothing() {
    for (String nothing : List.of("unknown", "", "0.0.0.0")) {
      answer = nothing;
      pass(asked.size() * 10 * SECOND);
    }
    assertEquals(3, asked.size());
    assertEquals(List.of(), found);
  }

  @Test
  void aNameThatHasNeverBeenResolvedIsTriedAgainWithBackOff() {
    answer = "unknown";
    List<Integer> at = new ArrayList<>();
    for (int tenth = 0; tenth < 120; tenth++) {
      int before = asked.size();
      pass(tenth * SECOND / 10);
      if (asked.size() > before) at.add(tenth);
    }
    assertEquals(List.of(0, 1, 3, 7, 15, 31, 56, 81, 106), at);
  }

  @Test
  void aNameThatWasResolvedIsTriedAgainAfterTheInterval() {
    answer = "10.0.0.1";
    pass(0);
    answer = "unknown";
    for (int second = 1; second < 25; second++) pass(second * SECOND);
    assertEquals(3, asked.size());
  }

  @Test
  void aLookupThatHangsIsNotJoinedByOthersAndItsAnswerStillCounts() {
    discovery.tick(0);
    for (int second = 1; second < 100; second++) discovery.tick(second * SECOND);
    assertEquals(1, tasks.size());
    answer = "10.0.0.1";
    tasks.remove().run();
    assertEquals(List.of("10.0.0.1"), found);
    pass(100 * SECOND);
    assertEquals(2, asked.size());
  }

  private List<String> linesOf(Runnable what) {
    Logger logger = (Logger) LoggerFactory.getLogger(Discovery.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      what.run();
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aResolverThatGivesUpLaterThanWeDoIsOneLine() {
    answer = "unknown";
    List<String> lines =
        linesOf(
            () -> {
              for (int second = 0; second < 100; second++) {
                discovery.tick(second * SECOND);
                if (second % 20 == 19) tasks.remove().run();
              }
            });
    assertEquals(5, asked.size());
    String target = "dns+ws://servers.test:81/register";
    assertEquals(List.of("Unable to resolve " + target + ": no answer within 10 s"), lines);
  }

  @Test
  void eachNewsIsToldOnce() {
    List<String> lines =
        linesOf(
            () -> {
              long now = 0;
              for (String a :
                  List.of("unknown", "unknown", "10.0.0.1", "10.0.0.1", "", "unknown")) {
                answer = a;
                pass(now += 10 * SECOND);
              }
            });
    String target = "dns+ws://servers.test:81/register";
    assertEquals(
        List.of(
            "Unable to resolve " + target + ": unknown host",
            target + " has 1 addresses: 10.0.0.1",
            "Unable to resolve "
                + target
                + ": there are no addresses; the addresses known so far stay",
            "Unable to resolve " + target + ": unknown host; the addresses known so far stay"),
        lines);
  }

  @Test
  void aFailureOfOurOwnIsTriedAgainWithBackOffToo() {
    Discovery broken =
        new Discovery(
            new Target(Urls.of("ws://servers.test/"), true),
            host -> {
              asked.add(host);
              throw new IllegalStateException();
            },
            Duration.ofSeconds(10),
            new Backoff(Duration.ofSeconds(2), () -> 0.999),
            tasks::add,
            this::found);
    for (int tenth = 0; tenth < 30; tenth++) {
      broken.tick(tenth * SECOND / 10);
      if (!tasks.isEmpty()) assertThrows(IllegalStateException.class, tasks.remove()::run);
    }
    assertEquals(2, asked.size());
  }

  @Test
  void noMoreAddressesAreUsedThanThereMayBe() {
    StringBuilder all = new StringBuilder();
    for (int i = 250; i > 0; i--) all.append("10.0.0.").append(i).append(' ');
    answer = all.toString();
    pass(0);
    String[] used = found.get(0).split(" ");
    assertEquals(Discovery.MOST, used.length);
    assertEquals("10.0.0.100", used[99]);
  }

  @Test
  void aClientThatStopsLooksNothingUp() {
    Discovery stopped =
        new Discovery(
            new Target(Urls.of("ws://servers.test/"), true),
            this::lookUp,
            Duration.ofSeconds(10),
            new Backoff(Duration.ofMillis(100), () -> 0),
            task -> {
              throw new RejectedExecutionException();
            },
            this::found);
    stopped.tick(0);
    assertEquals(List.of(), asked);
  }
}
