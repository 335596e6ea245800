package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             15000                15000                processes
      Max open files            1024                 4096                 files
      """;

  @Test
  void theLimitIsTheOneThatCountsNow() {
    assertEquals(OptionalLong.of(1024), Descriptors.limit(LIMITS));
    assertEquals(OptionalLong.empty(), Descriptors.limit("Max open files   unlimited  unlimited "));
    assertEquals(OptionalLong.empty(), Descriptors.limit(""));
  }

  @Test
  void aLimitThatIsTooLowIsAWarningThatNamesBoth() {
    String warning = Descriptors.warning(OptionalLong.of(1024), 40_000, "maxcallers");
    assertTrue(warning.contains("1024") && warning.contains("maxcallers"), warning);
    assertTrue(warning.contains("ulimit -n") && warning.contains("LimitNOFILE"), warning);
    assertNull(Descriptors.warning(OptionalLong.of(100_000), 40_000, "maxcallers"));
    assertNull(Descriptors.warning(OptionalLong.empty(), 40_000, "maxcallers"));
  }

  @Test
  void wordsOfAnotherPartyAreNoWantOfADescriptor() {
    String theirs = "invalid field: Too many open files";
    assertFalse(Descriptors.areExhausted(new ProtocolException(theirs)));
    assertFalse(Descriptors.areExhausted(new IOException("no", new SSLException(theirs))));
  }

  @Test
  void anErrorForWantOfADescriptorIsToldFromOthers() {
    assertTrue(Descriptors.areExhausted(new SocketException("Too many open files")));
    assertTrue(Descriptors.areExhausted(new IOException("Too many open files in system")));
    assertTrue(
        Descriptors.areExhausted(
            new IOException("no", new FileSystemException("f", null, "Too many open files"))));
    assertFalse(Descriptors.areExhausted(new ConnectException("Connection refused")));
    assertFalse(Descriptors.areExhausted(new UnknownHostException("nohost")));
    assertFalse(Descriptors.areExhausted(new SocketException("Network is unreachable")));
    assertTrue(Descriptors.areExhausted(new FileNotFoundException("/etc/a (Too many open files)")));
    assertFalse(Descriptors.areExhausted(null));
  }
}
