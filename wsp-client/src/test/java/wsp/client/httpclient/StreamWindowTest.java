package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamWindowTest {
  @ParameterizedTest
  @CsvSource({
    // MiB, requests, KiB
    "16384, 1000, 256",
    "2048, 1000, 256",
    "1024, 1024, 128",
    "512, 1024, 64",
    "128, 1024, 16",
    "64, 1024, 16",
    "128, 64, 256",
  })
  void allWindowsTogetherAreAnEighthOfTheHeapAtMost(long heap, int requests, int window) {
    assertEquals(window << 10, JvmSettings.streamWindow(heap << 20, requests));
  }
}
