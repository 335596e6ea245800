package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.Holders;
import wsp.client.origin.Route;

/** Room for four connections; requests run where a name begins with "busy". */
class AdmittedTest {
  private final List<String> gone = new ArrayList<>();
  private final Admitted admitted = new Admitted(4, Set::of);

  private final class Connection implements Admitted.Connection {
    private final String text;
    private final Route route;
    private final long stillMillis;

    /** As {@code busy.a.test 900}: its host, and for how long nothing has moved. */
    Connection(String text) {
      String[] words = text.split(" ");
      this.text = text;
      this.route = new Route(true, words[0], 443);
      this.stillMillis = Long.parseLong(words[1]);
    }

    @Override
    public boolean isOneOf(Set<?> used) {
      return route.host().startsWith("busy");
    }

    @Override
    public Object owner() {
      return Holders.owner(route.host());
    }

    @Override
    public long stillFor() {
      return TimeUnit.MILLISECONDS.toNanos(stillMillis);
    }

    @Override
    public void givesWay() {
      gone.add(text);
      admitted.leaves(this);
    }
  }

  private boolean enters(String text) {
    return admitted.enters(new Connection(text));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # those that are here,                                        newcomer,     goes ('no': is refused)
          busy.a.test 1; busy.a.test 1; busy.a.test 1,                  busy.b.test,  ''
          # an idle one goes, however young, of the owner that has most, the stillest
          x.a.test 1; busy.a.test 9000; busy.b.test 9000; busy.c.test 1, busy.d.test, x.a.test 1
          x.a.test 9; y.a.test 8; x.b.test 900; busy.c.test 1,          busy.d.test,  x.a.test 9
          x.a.test 9; y.a.test 8; busy.a.test 7; z.a.test 99,           busy.a.test,  z.a.test 99
          # one owner with more than half makes room for another, though it is at work
          busy.a.test 1; busy2.a.test 3; busy.a.test 2; busy.b.test 999, busy.c.test, busy2.a.test 3
          busy.a.test 1; busy.a.test 3; busy.a.test 2; busy.a.test 4,   busy.b.test,  busy.a.test 4
          # but not for its own, nor one with half of them
          busy.a.test 1; busy.a.test 3; busy.a.test 2; busy.a.test 4,   busy.a.test,  no
          busy.a.test 1; busy.a.test 3; busy.b.test 2; busy.b.test 4,   busy.c.test,  no
          # what has been still for long goes for all
          busy.a.test 1; busy.a.test 3; busy.b.test 2; busy.b.test 5001, busy.c.test, busy.b.test 5001
          busy.a.test 1; busy.a.test 7000; busy.a.test 6000; busy.a.test 4, busy.a.test, busy.a.test 7000
          """)
  void whoGoes(String here, String newcomer, String goes) {
    for (String each : here.split("; ")) enters(each);
    boolean in = enters(newcomer + " 0");
    assertEquals(goes, in ? String.join(" ", gone) : "no");
  }

  @Test
  void whatHasLeftIsNotCounted() {
    for (int i = 0; i < 20; i++) {
      Connection one = new Connection("busy.a.test 1");
      assertEquals(true, admitted.enters(one));
      admitted.leaves(one);
      admitted.leaves(one);
    }
    assertEquals(List.of(), gone);
  }
}
