package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class MasksTest {
  @Test
  void noMaskIsUsedTwiceInARow() {
    int before = Masks.next();
    for (int i = 0; i < 5000; i++) {
      int next = Masks.next();
      assertNotEquals(before, next);
      before = next;
    }
  }
}
