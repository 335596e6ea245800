package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorReserveTest {
  @ParameterizedTest
  @CsvSource({"65536,40,65432,64", "120,40,60,20", "64,40,18,6", "40,40,1,0", "30,40,1,0"})
  void someAreLeftForTheRestOfTheDaemon(long limit, long open, long most, long kept) {
    assertEquals(
        new DescriptorReserve(most, kept),
        DescriptorReserve.of(OptionalLong.of(limit), OptionalLong.of(open)));
  }

  @Test
  void whereTheMachineDoesNotTellThereIsNoBound() {
    DescriptorReserve unknown = new DescriptorReserve(Long.MAX_VALUE, 0);
    assertEquals(unknown, DescriptorReserve.of(OptionalLong.empty(), OptionalLong.of(1)));
    assertEquals(unknown, DescriptorReserve.of(OptionalLong.of(1), OptionalLong.empty()));
  }
}
