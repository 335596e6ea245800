package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {
  @ParameterizedTest
  @ValueSource(ints = {205, 207, 300, 406, 410, 412, 415, 416, 421, 422, 428, 451, 507, 511})
  void aRegisteredStatusHasItsPhrase(int status) {
    assertFalse(Reasons.of(status).isEmpty());
  }

  @Test
  void noOtherHasOne() {
    for (int status : new int[] {199, 299, 306, 418, 499, 600, 999})
      assertEquals("", Reasons.of(status));
  }
}
