package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetShareTest {
  private static Sizes sizes(int requests) {
    PoolSizes alone = new PoolSizes(1, 1, 1, 100).atMost(requests);
    return new Sizes(alone, LinkSizes.of(2, 1, alone.max(), Math.min(1000, requests)));
  }

  private final TargetShare share = new TargetShare(60, TargetShareTest::sizes);
  private final OpenLinks open = new OpenLinks();
  private final Demand demand = new Demand(share::sizes, open);

  private FakeLink opens(int wire, int capacity) {
    FakeLink link = new FakeLink(wire, capacity);
    open.add(link);
    demand.speaks(wire);
    return link;
  }

  @ParameterizedTest
  @CsvSource({"0, 60", "1, 60", "2, 30", "7, 8", "60, 1", "100, 1"})
  void theServersOfANameShareWhatItsTargetMayHave(int servers, int each) {
    share.among(servers);
    assertEquals(each, share.each().requests());
    assertEquals(each, share.sizes().alone().max());
    assertEquals(each, share.sizes().shared().exchanges());
  }

  @Test
  void itTellsWhetherThatIsNews() {
    assertFalse(share.among(1));
    assertTrue(share.among(3));
    assertFalse(share.among(3));
  }

  @Test
  void whatAServerHasIsLessAsSoonAsThereAreMore() {
    FakeLink link = opens(2, 60);
    for (int i = 0; i < 20; i++) open.begun(link);
    assertFalse(demand.exceeded(link));
    share.among(4);
    assertTrue(demand.exceeded(link));
    share.among(3);
    assertFalse(demand.exceeded(link));
  }

  @Test
  void linksThatMayCarryTooMuchAreReplacedOneAfterTheOther() {
    FakeLink first = opens(2, 30);
    FakeLink second = opens(2, 30);
    assertNull(demand.tick());
    share.among(2);
    assertEquals(first, demand.tick());
    assertNull(demand.tick(), "one at least takes requests");
    assertEquals(1, demand.missing(0));
    opens(2, 15);
    assertEquals(second, demand.tick());
    opens(2, 15);
    assertNull(demand.tick());
    assertEquals(0, demand.missing(0));
  }

  @Test
  void linksOfVersionOneThatAreTooManyGoAsTheyAreIdle() {
    for (int i = 0; i < 16; i++) open.begun(opens(1, 1));
    FakeLink idle = opens(1, 1);
    opens(1, 1);
    assertNull(demand.tick());
    share.among(4);
    assertEquals(idle, demand.tick());
    assertNotNull(demand.tick());
    assertNull(demand.tick(), "the others are in use");
    assertEquals(0, demand.missing(0));
  }
}
