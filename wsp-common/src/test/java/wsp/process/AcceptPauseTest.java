package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptPauseTest {
  private static final IOException NONE_LEFT = new SocketException("Too many open files");

  private final List<String> done = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final AcceptPause pause =
      new AcceptPause(
          new AcceptPause.Port() {
            @Override
            public void accepting(boolean on) {
              done.add(on ? "on" : "off");
            }

            @Override
            public void goOnLater(long millis) {
              done.add("in " + millis);
            }

            @Override
            public void tell(String line) {
              told.add(line);
            }
          });

  private static long seconds(long s) {
    return TimeUnit.SECONDS.toNanos(s);
  }

  @Test
  void thePortRestsForAMomentAndGoesOnByItself() {
    pause.failed(NONE_LEFT, seconds(1));
    assertEquals(List.of("off", "in 200"), done);
    pause.goOn();
    assertEquals(List.of("off", "in 200", "on"), done);
  }

  @Test
  void whatFailsMeanwhileMakesNoSecondRest() {
    pause.failed(NONE_LEFT, seconds(1));
    pause.full(8, seconds(1));
    assertEquals(List.of("off", "in 200"), done);
  }

  @Test
  void aLineWhenItBeginsAndOneWhenItIsOver() {
    for (int s = 0; s < 100; s++) {
      pause.failed(NONE_LEFT, seconds(s));
      pause.goOn();
      pause.tick(seconds(s));
    }
    assertEquals(
        List.of("New connections wait until others have ended: " + Descriptors.exhausted()), told);
    pause.tick(seconds(108));
    assertEquals(1, told.size());
    pause.tick(seconds(109));
    pause.tick(seconds(110));
    assertEquals(2, told.size(), () -> told.toString());
    assertEquals("New connections are accepted at once again, after 100 rests", told.get(1));
    pause.failed(NONE_LEFT, seconds(200));
    assertEquals(3, told.size());
  }

  @Test
  void itIsNotOverWhileThePortRests() {
    pause.failed(NONE_LEFT, seconds(0));
    pause.tick(seconds(60));
    assertEquals(1, told.size());
  }
}
