package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.destination.IpLiteral;

class AddressesTest {
  private static List<InetAddress> addresses(String prefix, int from, int to) {
    List<InetAddress> all = new ArrayList<>();
    for (int i = from; i <= to; i++) all.add(IpLiteral.of(prefix + i));
    return all;
  }

  private static List<InetAddress> few(List<InetAddress> all) {
    return Addresses.few(all.toArray(InetAddress[]::new));
  }

  @Test
  void twentyAddressesStayAsTheyAre() {
    List<InetAddress> all = addresses("10.0.0.", 1, 15);
    all.addAll(addresses("fd00::", 1, 5));
    assertEquals(all, few(all));
  }

  @Test
  void ofMoreTheFirstOnesStay() {
    assertEquals(addresses("10.0.0.", 0, 19), few(addresses("10.0.0.", 0, 20)));
    assertEquals(addresses("10.0.0.", 0, 19), few(addresses("10.0.0.", 0, 255)));
  }

  @Test
  void noFamilyHidesTheOther() {
    List<InetAddress> all = addresses("10.0.0.", 0, 255);
    all.addAll(addresses("fd00::", 1, 3));
    List<InetAddress> few = few(all);
    assertEquals(20, few.size());
    assertEquals(3, few.stream().filter(Inet6Address.class::isInstance).count());
  }

  @Test
  void anAddressCountsOnce() {
    List<InetAddress> each = addresses("10.0.0.", 0, 19);
    List<InetAddress> twice = new ArrayList<>(each);
    twice.addAll(each);
    assertEquals(each, few(twice));
  }
}
