package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DepartedTest {
  private final Departed departed = new Departed();

  private static byte[] beginning(int of) {
    return ByteBuffer.allocate(Pipe.BEGINNING).putInt(of).array();
  }

  @Test
  void aConnectionThatHasGoneIsKnownByWhatItBeganWith() {
    assertFalse(departed.has(beginning(1)));
    byte[] first = beginning(1);
    departed.add(first);
    first[0] = 9;
    assertTrue(departed.has(beginning(1)));
    assertFalse(departed.has(beginning(2)));
  }

  @Test
  void onlyTheLatestAreKept() {
    for (int i = 0; i < 5000; i++) departed.add(beginning(i));
    assertFalse(departed.has(beginning(0)));
    assertTrue(departed.has(beginning(1000)));
    assertTrue(departed.has(beginning(4999)));
  }
}
