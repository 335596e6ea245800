package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.tunnel.ClientLink;

class LinkSizesTest {
  private final OpenLinks open = new OpenLinks();
  private final List<ClientLink> links = new ArrayList<>();

  private void open(int n, int capacity) {
    for (int i = 0; i < n; i++) {
      ClientLink link = new FakeLink(capacity);
      links.add(link);
      open.add(link);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 100, 2",
    "2, 0, 100, 2",
    "8, 1, 100, 8",
    "8, 10, 5, 5",
    "4, 10, 1, 1",
    "2, 3, 100, 3",
    "2, 10, 100, 5",
    "2, 10, 10, 3",
    "8, 10, 100, 8"
  })
  void thereIsOneForEachThreadOrAsManyAsWishedForUpToFive(
      int threads, int wish, int max, int links) {
    assertEquals(links, LinkSizes.of(threads, wish, max, 1000).links());
  }

  @ParameterizedTest
  @CsvSource({"1000, 500", "3, 2", "1, 1"})
  void togetherTheyCarryAsManyAsATargetMayHave(int exchanges, int each) {
    assertEquals(each, LinkSizes.of(2, 1, 100, exchanges).streams());
  }

  @Test
  void withNoneOpenOneIsTriedAlone() {
    LinkSizes sizes = LinkSizes.of(4, 1, 100, 1000);
    assertEquals(1, sizes.toOpen(0, open, 0));
    assertEquals(0, sizes.toOpen(1, open, 0));
    open(1, 250);
    assertEquals(3, sizes.toOpen(0, open, 0));
    assertEquals(1, sizes.toOpen(2, open, 0));
    open(3, 250);
    assertEquals(0, sizes.toOpen(0, open, 0));
  }

  @Test
  void moreAreOpenedOneAtATimeWhenAllAreFullAndMoreMayRun() {
    LinkSizes sizes = LinkSizes.of(2, 1, 3, 1000);
    open(2, 1);
    open.begun(links.get(0));
    assertEquals(0, sizes.toOpen(0, open, 0), "one has room");
    open.begun(links.get(1));
    assertEquals(1, sizes.toOpen(0, open, 0));
    assertEquals(0, sizes.toOpen(1, open, 0));
    open(1, 1);
    open.begun(links.get(2));
    assertEquals(0, sizes.toOpen(0, open, 0), "no more are allowed");
    open.ended(links.get(1));
    assertEquals(0, sizes.toOpen(0, open, 0));
    assertEquals(0, LinkSizes.of(2, 1, 100, 3).toOpen(0, open, 0), "no more may run");
  }

  @Test
  void exchangesThatLastAreSpreadOverAsManyAsTheirSquareRoot() {
    LinkSizes sizes = LinkSizes.of(2, 1, 6, 1000);
    open(2, 500);
    assertEquals(0, open.lasting());
    for (int i = 0; i < 9; i++) open.begun(links.get(0));
    assertEquals(0, open.lasting(), "they have just begun");
    open.begun(links.get(1));
    open.ended(links.get(1));
    assertEquals(9, open.lasting());
    assertEquals(0, sizes.toOpen(0, open, 9), "one carries nothing");
    open.begun(links.get(1));
    assertEquals(1, sizes.toOpen(0, open, 9));
    assertEquals(2, sizes.toOpen(0, open, 10));
    assertEquals(4, sizes.toOpen(0, open, 500), "no more are allowed");
    assertEquals(0, sizes.toOpen(4, open, 500));
  }

  @Test
  void oneThatDrainsIsReplaced() {
    LinkSizes sizes = LinkSizes.of(2, 1, 100, 1000);
    open(2, 500);
    open.begun(links.get(0));
    open.draining(links.get(0));
    assertEquals(1, sizes.toOpen(0, open, 0));
    open(1, 500);
    assertEquals(0, sizes.toOpen(0, open, 0));
    open.remove(links.get(0));
    assertEquals(0, sizes.toOpen(0, open, 0));
    assertEquals(0, open.exchanges());
    assertEquals(0, open.busy());
  }

  @Test
  void oneTooManyIsGivenUpWhenItCarriedNothingForAWhile() {
    open(3, 500);
    open.begun(links.get(0));
    open.begun(links.get(1));
    for (int i = 0; i < OpenLinks.QUIET_TICKS; i++) assertNull(open.surplus(2));
    assertEquals(links.get(2), open.surplus(2));
    assertNull(open.surplus(2), "it is one less now");
    assertEquals(2, open.taking());
  }

  @Test
  void thoseThatAreWantedStayHoweverQuietTheyAre() {
    open(2, 500);
    for (int i = 0; i < 2 * OpenLinks.QUIET_TICKS; i++) assertNull(open.surplus(2));
  }
}
