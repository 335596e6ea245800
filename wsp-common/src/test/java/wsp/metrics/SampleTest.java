package wsp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void fewAreToldOneByOne() {
    List<Sample> given =
        List.of(Sample.of(1, "a", "idle"), Sample.of(2, "a", "busy"), Sample.of(3, "b", "idle"));
    assertEquals(given, Sample.bounded(2, given));
  }

  @Test
  void theFirstInOrderKeepTheirNamesAndTheRestIsSummedUp() {
    List<Sample> given =
        List.of(
            Sample.of(1, "d", "idle"),
            Sample.of(2, "b", "idle"),
            Sample.of(4, "c", "idle"),
            Sample.of(8, "c", "busy"),
            Sample.of(16, "a", "idle"));
    assertEquals(
        List.of(
            Sample.of(16, "a", "idle"),
            Sample.of(2, "b", "idle"),
            Sample.of(5, "other", "idle"),
            Sample.of(8, "other", "busy")),
        Sample.bounded(2, given));
  }

  @Test
  void oneWhoseNameIsOtherIsAmongTheOthers() {
    List<Sample> given = List.of(Sample.of(1, "other"), Sample.of(2, "a"), Sample.of(4, "z"));
    assertEquals(List.of(Sample.of(2, "a"), Sample.of(5, "other")), Sample.bounded(2, given));
  }

  @Test
  void namesThatAreTooLongAreCutAndWhatIsTheSameThenIsSummedUp() {
    String cut = "n".repeat(200);
    assertEquals(
        List.of(Sample.of(3, cut)),
        Sample.bounded(9, List.of(Sample.of(1, cut + "1"), Sample.of(2, cut + "2"))));
  }

  @Test
  void manyAreNeverMoreThanTheBoundAndOne() {
    List<Sample> given =
        IntStream.range(0, 20_000).mapToObj(i -> Sample.of(1, "client-" + i)).toList();
    List<Sample> out = Sample.bounded(100, given);
    assertEquals(101, out.size());
    assertEquals(20_000, out.stream().mapToLong(Sample::value).sum());
  }
}
