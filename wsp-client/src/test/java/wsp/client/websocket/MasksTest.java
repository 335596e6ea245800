package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class MasksTest {
  @Test
  void no_mask_is_used_twice_in_a_row() {
    int before = Masks.next();
    for (int i = 0; i < 5000; i++) {
      int next = Masks.next();
      assertNotEquals(before, next);
      before = next;
    }
  }
}
