package wsp.server.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardedHopTest {
  /** A caller's part may be as long as a head. */
  @Test
  void ofALineThatCannotBeReadAShortEndIsLookedAt() {
    String proxy = "for=192.0.2.7;proto=https";
    String junk = ",".repeat(20) + "a=1;".repeat(15_000) + "x";
    assertEquals(List.of(proxy), ForwardedHop.readable(List.of(junk + ", " + proxy)));
    assertEquals(List.of(), ForwardedHop.readable(List.of(junk)));
    String large = "for=192.0.2.7;by=\"" + "b".repeat(2_048) + '"';
    assertEquals(List.of(large), ForwardedHop.readable(List.of(large)));
    assertEquals(List.of(), ForwardedHop.readable(List.of("x, " + large)));
  }
}
