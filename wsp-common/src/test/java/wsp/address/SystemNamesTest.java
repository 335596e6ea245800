package wsp.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SystemNamesTest {
  @Test
  void a_name_with_a_dot_at_its_end_is_known_without_one_too() throws Exception {
    assertArrayEquals(SystemNames.all("localhost"), SystemNames.all("localhost."));
    assertThrows(UnknownHostException.class, () -> SystemNames.all("no-such-host.invalid."));
  }
}
