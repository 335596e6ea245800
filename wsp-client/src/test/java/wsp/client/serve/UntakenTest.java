package wsp.client.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/** The names are those of a server, and a number; there is room for 100 KiB. */
class UntakenTest {
  private long now = Long.MAX_VALUE - 3;
  private final Untaken untaken = new Untaken(100 << 10, () -> now);
  private final Map<Character, Untaken.Server> servers = new HashMap<>();
  private final Map<String, ExchangeMemory> exchanges = new HashMap<>();
  private final Budget requests = new Budget(1 << 20);
  private final List<String> gone = new ArrayList<>();

  private ExchangeMemory exchange(String name) {
    return exchanges.computeIfAbsent(
        name,
        n -> {
          Untaken.Server of = servers.computeIfAbsent(n.charAt(0), s -> untaken.new Server());
          ExchangeMemory memory = new ExchangeMemory(requests.share(), 1, of);
          memory.replays(new Keeping(4 << 10));
          memory.begins(Headers.EMPTY, why -> gone.add(n));
          return memory;
        });
  }

  private void happens(String event) {
    ExchangeMemory memory = exchange(event.substring(0, 2));
    String what = event.substring(2);
    now++;
    switch (what) {
      case "-" -> memory.taken();
      case "." -> memory.close();
      case "s" -> memory.replays(new Keeping(28 << 10));
      default -> memory.waits(Integer.parseInt(what) << 10);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // events                            gone       KiB
    "a1 16,                              '',        20",
    "a1s a1 16,                          '',        44",
    "a1 16 a1 16,                        '',        36",
    "a1 16 a1-,                          '',        0",
    "a1- a1 16,                          '',        0",
    "a1 16 a1 16 a1-,                    '',        36",
    "a1 16 a1 16 a1- a1-,                '',        0",
    "a1 16 a1.,                          '',        0",
    "a1 16 a1. a1- a1 16 a1.,            '',        0",
    "a1 96,                              '',        100",
    "a1 97,                              a1,        0",
    "a1 16 a2 16 a3 16 a4 16 a5 16,      '',        100",
    "a1 16 a2 16 a3 16 a4 16 a5 16 a6 1, a1,        85",
    "a1 16 a2 16 a3 16 a1- a1 16 a4 46,  a2,        90",
    "a1 16 a2 16 a3 60,                  a1,        84",
    "a1 16 a2 16 a3 96,                  a1 a2,     100",
    "a1 16 b1 16 b2 16 a2 1 b3 16 b4 16, b1,        85",
    "a1 40 b1 16 b2 16 a2 20,            a1,        64",
    "a1 40 a1- b1 40 b2 40 a2 8,         '',        100",
    "a1 40 a1. b1 40 b2 40 c1 40,        b1,        88",
  })
  void ofTheServerWithMostTheOneThatHasWaitedLongestGivesWay(String events, String who, long kib) {
    for (String event : events.split(" (?=[a-z])")) happens(event.replace(" ", ""));
    assertEquals(who, String.join(" ", gone));
    assertEquals(kib << 10, untaken.used());
  }

  private static final class Keeping extends IdleOrigin {
    private final int bytes;

    Keeping(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public int keeps() {
      return bytes;
    }
  }
}
