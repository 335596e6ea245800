package wsp.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCacheTest {
  private static final String FOUND = "networkaddress.cache.ttl";
  private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";

  private String found;
  private String notFound;

  @BeforeEach
  void remember() {
    found = Security.getProperty(FOUND);
    notFound = Security.getProperty(NOT_FOUND);
  }

  /**
   * A property cannot be unset; what is negative or no number would be taken for good or ignored.
   */
  @AfterEach
  void restore() {
    Security.setProperty(FOUND, found == null ? "30" : found);
    Security.setProperty(NOT_FOUND, notFound == null ? "10" : notFound);
    System.clearProperty("sun.net.inetaddr.ttl");
    System.clearProperty("sun.net.inetaddr.negative.ttl");
  }

  @Test
  void whatJavaShipsIsShortened() {
    Security.setProperty(NOT_FOUND, "10");
    NameCache.keepShort();
    assertEquals(found == null ? "1" : found, Security.getProperty(FOUND));
    assertEquals("0", Security.getProperty(NOT_FOUND));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "60, 5", "-1, -1"})
  void whatSomebodyHasSetStays(String ttl, String negative) {
    Security.setProperty(FOUND, ttl);
    Security.setProperty(NOT_FOUND, negative);
    NameCache.keepShort();
    assertEquals(ttl, Security.getProperty(FOUND));
    assertEquals(negative, Security.getProperty(NOT_FOUND));
  }

  @Test
  void soDoesWhatIsSetAsASystemProperty() {
    Security.setProperty(NOT_FOUND, "10");
    System.setProperty("sun.net.inetaddr.negative.ttl", "10");
    NameCache.keepShort();
    assertEquals("10", Security.getProperty(NOT_FOUND));
  }
}
