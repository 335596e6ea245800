package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6Test {
  @ParameterizedTest
  @CsvSource({
    "::,::",
    "::1,::1",
    "1::,1::",
    "0:0:0:0:0:0:0:0,::",
    "2001:0DB8:0000:0000:0000:0000:0000:0001,2001:db8::1",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
    "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8,0:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4,1:2:3:4:5:6:102:304",
    "64:ff9b::1.2.3.4,64:ff9b::102:304",
    "::1.2.3.4,::102:304",
    "::ffff:1.2.3.4,1.2.3.4",
    "0:0:0:0:0:ffff:a9fe:a9fe,169.254.169.254",
    "::ffff:0:1.2.3.4,::ffff:0:102:304",
    "1::ffff:1.2.3.4,1::ffff:102:304"
  })
  void theSpellingOfRfc5952(String text, String canonical) throws Exception {
    assertEquals(canonical, Ipv6.canonical(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "g::",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "::1%eth0",
        "::1%25eth0",
        "::1%",
        "::1.2.3",
        "::1.2.3.04",
        "::1.2.3.256",
        "1.2.3.4::",
        "1.2.3.4",
        "::1.2.3.4:5",
        "::١",
        "::１",
        "v1.x",
        "::-1",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1 ",
        "::/64"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(InvalidDestinationException.class, () -> Ipv6.canonical(text));
  }

  @Test
  void theAddressStaysTheSame() throws Exception {
    Random random = new Random(5952);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int group = 0; group < 8; group++) {
        int value = random.nextInt(3) > 0 ? 0 : random.nextInt(65536);
        text.append(group == 0 ? "" : ":").append("%04X".formatted(value));
      }
      String canonical = Ipv6.canonical(text.toString());
      assertEquals(InetAddress.getByName(text.toString()), InetAddress.getByName(canonical));
      if (canonical.indexOf(':') >= 0) assertEquals(canonical, Ipv6.canonical(canonical));
    }
  }
}
